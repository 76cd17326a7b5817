import { problem } from '../errors.ts';
import { createPaint } from '../report/paint.ts';
import type { TextStyle } from '../report/text-style.ts';
import { type Host, takesColors, widthOf } from './host.ts';
import type { ReportArguments } from './options.ts';
import { type Reporter, reporters } from './reporters.ts';
import { writeOut } from './write-out.ts';
import { writeWhole } from './write-whole.ts';

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

/** Writes reports where they are wanted. @param render makes one in a format @throws LayerscopeError `target-failed` */
export async function writeReports(
  host: Host,
  requests: readonly ReportRequest[],
  color: boolean,
  render: (reporter: Reporter, style: TextStyle) => string,
): Promise<void> {
  // Files first: what standard output shows is complete then, or nothing is there.
  for (const { reporter, file } of requests.toSorted((a, b) => Number(a.file === null) - Number(b.file === null))) {
    const colored = color && file === null && takesColors(host, host.stdout);
    const text = render(reporter, { width: widthOf(host.stdout), paint: createPaint(colored) });
    if (file === null) await writeOut(host.stdout, text);
    else writeWhole(file, text);
  }
}
