import type { ReportFinding } from '../../../report/report.ts';
import { sanitize } from '../../../text/sanitize.ts';
import { wrap } from '../../../text/wrap.ts';
import { type Line, type Role, span } from '../../line.ts';

/** What rules found, and what to write instead. */
export function findingLines(findings: readonly ReportFinding[], width: number): Line[] {
  return findings.flatMap(({ severity, rule, message, help }) => [
    [span(`${severity} `, severity === 'error' ? 'removed' : 'modified'), span(rule, 'strong')],
    ...paragraph(message, width, 'plain'),
    ...paragraph(help, width, 'faint'),
  ]);
}

/** A text of which nobody knows how long it is: no more of it is wrapped than anybody could see. */
export function paragraph(text: string, width: number, role: Role): Line[] {
  return wrap(sanitize(text.slice(0, 4000)), Math.max(10, width - 1)).map((line) => [span(line, role)]);
}
