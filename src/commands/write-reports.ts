import { problem } from '../errors.ts';
import type { Outline } from '../report/outline.ts';
import type { Report } from '../report/report.ts';
import { appendSummary } from './append-summary.ts';
import type { Host } from './host.ts';
import type { ReportArguments } from './options.ts';
import { outlineReporters, type Reporter, reporters } from './reporters.ts';
import { fileContext, printedContext } from './report-contexts.ts';
import { writeOut } from './write-out.ts';
import { writeWhole } from './write-whole.ts';

/** One report to write; to standard output if there is no file. */
export interface ReportRequest<Told = Report> {
  readonly reporter: Reporter<Told>;
  readonly file: string | null;
}

/** Reads `--report FORMAT[=FILE]` and `--json`; text if there is neither. @throws LayerscopeError `usage` */
export function parseReportRequests(args: ReportArguments): ReportRequest[] {
  return parseRequests(args, reporters);
}

/** The same for an image whose layers are not read. @throws LayerscopeError `usage` */
export function parseOutlineRequests(args: ReportArguments): ReportRequest<Outline>[] {
  return parseRequests(args, outlineReporters, (request, format) =>
    Object.hasOwn(reporters, format)
      ? `--report ${request}: needs what is in the layers, and --metadata-only does not read them. Leave one of the two out.`
      : noSuchFormat(request, reporters),
  );
}

function noSuchFormat(request: string, known: object): string {
  return `--report ${request}: no such format. There are: ${Object.keys(known).join(', ')}`;
}

/** The same for a report of another kind. @throws LayerscopeError `usage` */
export function parseRequests<Told>(
  { report, json }: ReportArguments,
  known: Readonly<Record<string, Reporter<Told>>>,
  unknown: (request: string, format: string) => string = (request) => noSuchFormat(request, known),
): ReportRequest<Told>[] {
  const wanted = new Set([...report, ...(json ? ['json'] : [])]);
  const requests = [...(wanted.size === 0 ? ['text'] : wanted)].map((request) => {
    const equals = request.indexOf('=');
    const format = equals === -1 ? request : request.slice(0, equals);
    const file = equals === -1 ? null : request.slice(equals + 1);
    const reporter = Object.hasOwn(known, format) ? known[format] : undefined;
    if (reporter === undefined) throw problem('usage', { message: unknown(request, format) });
    if (file === '') throw problem('usage', { message: `--report ${request}: the file name is missing.` });
    return { reporter, file, request };
  });
  const printed = requests.filter(({ file }) => file === null);
  const document = printed.find(({ reporter }) => reporter.isDocument);
  if (document !== undefined && printed.length > 1)
    throw problem('usage', {
      message: `--report ${document.request}: what reads it takes nothing else on standard output. Give a file to all reports but one, such as --report ${document.request}=FILE.`,
    });
  return requests;
}

/** Writes reports where they are wanted. @throws LayerscopeError `target-failed` */
export async function writeReports<Told>(
  host: Host,
  requests: readonly ReportRequest<Told>[],
  color: boolean,
  told: Told,
): Promise<void> {
  // Files first: what standard output shows is complete then, or nothing is there.
  for (const { reporter, file } of requests.toSorted((a, b) => Number(a.file === null) - Number(b.file === null))) {
    if (file === null) await writeOut(host.stdout, await reporter.render(told, printedContext(host, color)));
    else writeWhole(file, await reporter.render(told, fileContext(host)));
    if (reporter.summary !== undefined) appendSummary(host, await reporter.summary(told, fileContext(host)));
  }
}
