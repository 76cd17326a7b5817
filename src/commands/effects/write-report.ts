import { extname } from 'node:path';
import { problem } from '../../errors.ts';
import type { Report } from '../../report/report.ts';
import { sanitize } from '../../text/sanitize.ts';
import type { Host } from '../host.ts';
import { fileContext } from '../report-contexts.ts';
import { reporters } from '../reporters.ts';
import { writeNew } from '../write-whole.ts';

/** Which format the ending of a file's name means. */
const endings: Readonly<Record<string, keyof typeof reporters>> = {
  '.json': 'json',
  '.md': 'markdown',
  '.txt': 'text',
};

/**
 * Writes a report to a file that is not there yet, in the format that its ending says.
 * @returns what was done, such as `Wrote report.json`
 * @throws LayerscopeError `report-format`, `file-exists`, `target-failed`
 */
export function writeReport(host: Pick<Host, 'env'>, report: Report, file: string): string {
  const ending = extname(file);
  const reporter = Object.hasOwn(endings, ending) ? reporters[endings[ending] ?? ''] : undefined;
  if (reporter === undefined) throw problem('report-format', { path: file, endings: Object.keys(endings).join(', ') });
  writeNew(file, reporter.render(report, fileContext(host)));
  return `Wrote ${sanitize(file)}`;
}
