import { extname } from 'node:path';
import { problem } from '../../errors.ts';
import { jsonReport } from '../../report/json.ts';
import { markdownReport } from '../../report/markdown/markdown.ts';
import type { ReportContext } from '../../report/report-context.ts';
import type { Report } from '../../report/report.ts';
import { textReport } from '../../report/text.ts';
import { sanitize } from '../../text/sanitize.ts';
import type { Host } from '../host.ts';
import { fileContext } from '../report-contexts.ts';
import { writeNew } from '../write-whole.ts';

/** The format that the ending of a file's name means. */
const endings: Readonly<Record<string, (report: Report, context: ReportContext) => string>> = {
  '.json': jsonReport,
  '.md': markdownReport,
  '.txt': textReport,
};

/**
 * Writes a report to a file that is not there yet, in the format that its ending says.
 * @returns what was done, such as `Wrote report.json`
 * @throws LayerscopeError `report-format`, `file-exists`, `target-failed`
 */
export function writeReport(host: Pick<Host, 'env'>, report: Report, file: string): string {
  const ending = extname(file);
  const render = Object.hasOwn(endings, ending) ? endings[ending] : undefined;
  if (render === undefined) throw problem('report-format', { path: file, endings: Object.keys(endings).join(', ') });
  writeNew(file, render(report, fileContext(host)));
  return `Wrote ${sanitize(file)}`;
}
