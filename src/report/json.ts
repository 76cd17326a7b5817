import type { Outline } from './outline.ts';
import type { Report } from './report.ts';

/** The report as JSON, indented, in the order of the contract: the same image gives the same bytes. */
export function jsonReport(report: Report | Outline): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
