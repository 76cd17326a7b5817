import { randomBytes } from 'node:crypto';
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { problem, reasonOf } from '../errors.ts';
import { jsonReport } from '../report/json.ts';
import { markdownReport } from '../report/markdown.ts';
import { createPaint } from '../report/paint.ts';
import type { Report } from '../report/report.ts';
import { textReport } from '../report/text.ts';
import type { TextStyle } from '../report/text-style.ts';
import { type Host, takesColors, widthOf } from './host.ts';
import type { ReportArguments } from './options.ts';
import { writeOut } from './write-out.ts';

type Reporter = (report: Report, style: TextStyle) => string;

/** Every format there is. */
const reporters: Readonly<Record<string, Reporter>> = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
};

/** One report to write; to standard output if there is no file. */
export interface ReportRequest {
  readonly reporter: Reporter;
  readonly file: string | null;
}

/** Reads `--report FORMAT[=FILE]` and `--json`; text if there is neither. @throws LayerscopeError `usage` */
export function parseReportRequests({ report, json }: ReportArguments): ReportRequest[] {
  const wanted = [...report, ...(json ? ['json'] : [])];
  return (wanted.length === 0 ? ['text'] : wanted).map((request) => {
    const equals = request.indexOf('=');
    const format = equals === -1 ? request : request.slice(0, equals);
    const file = equals === -1 ? null : request.slice(equals + 1);
    const reporter = Object.hasOwn(reporters, format) ? reporters[format] : undefined;
    const formats = Object.keys(reporters).join(', ');
    if (reporter === undefined)
      throw problem('usage', { message: `--report ${request}: no such format. There are: ${formats}` });
    if (file === '') throw problem('usage', { message: `--report ${request}: the file name is missing.` });
    return { reporter, file };
  });
}

/** Writes reports where they are wanted. @throws LayerscopeError `target-failed` */
export async function writeReports(
  host: Host,
  report: Report,
  requests: readonly ReportRequest[],
  color: boolean,
): Promise<void> {
  // Files first: what standard output shows is complete then, or nothing is there.
  for (const { reporter, file } of requests.toSorted((a, b) => Number(a.file === null) - Number(b.file === null))) {
    const colored = color && file === null && takesColors(host, host.stdout);
    const text = reporter(report, { width: widthOf(host.stdout), paint: createPaint(colored) });
    if (file === null) await writeOut(host.stdout, text);
    else writeWhole(file, text);
  }
}

/**
 * Writes a file all at once: nobody sees half a report, and a failure leaves nothing behind. What is there and no file,
 * such as /dev/stdout or a named pipe, is written to as it is.
 */
function writeWhole(file: string, text: string): void {
  let partial: string | null = null;
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isFile()) return writeFileSync(file, text);
    const target = stats === undefined ? file : realpathSync(file);
    const name = `${target}.${randomBytes(4).toString('hex')}.partial`;
    partial = name;
    writeFileSync(name, text, { flag: 'wx' });
    renameSync(name, target);
  } catch (error) {
    if (partial !== null) rmSync(partial, { force: true });
    throw problem('target-failed', { path: file, reason: reasonOf(error) }, error);
  }
}
