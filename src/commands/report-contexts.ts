import { createPaint } from '../report/paint.ts';
import type { ReportContext } from '../report/report-context.ts';
import { type Host, takesColors, widthOf } from './host.ts';
import { repositoryPaths } from './repository-path.ts';

/** Columns of a report that no terminal shows: what is in a file does not hang on the terminal at hand. */
const fileWidth = 100;

/** Of a report in a file. */
export function fileContext(host: Pick<Host, 'env'>): ReportContext {
  return { width: fileWidth, paint: createPaint(false), repositoryPath: repositoryPaths(host) };
}

/** Of a report on standard output. @param color what the user says of colours */
export function printedContext(host: Host, color: boolean): ReportContext {
  const paint = createPaint(color && takesColors(host, host.stdout));
  return { width: widthOf(host.stdout), paint, repositoryPath: repositoryPaths(host) };
}
