import { formatPace, PaceMeter } from '../pace.ts';
import type { OnProgress, ProgressUpdate } from '../progress.ts';
import { bar } from '../text/bar.ts';
import { formatBytes, formatShare } from '../text/bytes.ts';
import { sanitize } from '../text/sanitize.ts';
import type { Host } from './host.ts';

/** Nothing is shown of what is over sooner, in milliseconds. */
const patience = 500;
const interval = 100;
const clearLine = '\r\u001b[K';

/** One line on standard error that follows a long read. Only on a terminal, and gone when the command is done. */
export interface ProgressLine {
  readonly onProgress: OnProgress;
  readonly clear: () => void;
}

export function createProgressLine({ stderr, env }: Host, quiet: boolean): ProgressLine {
  if (quiet || stderr.isTTY !== true || env['TERM'] === 'dumb') return { onProgress: () => {}, clear: () => {} };
  const started = performance.now();
  const meter = new PaceMeter();
  let shown = 0;
  return {
    onProgress: (update) => {
      const now = performance.now();
      const pace = meter.note(now, update.done, update.total);
      if (now - started < patience || now - shown < interval) return;
      shown = now;
      stderr.write(clearLine + progressText({ ...update, pace }, stderr.columns ?? 80));
    },
    clear: () => {
      if (shown > 0) stderr.write(clearLine);
      shown = 0;
    },
  };
}

/** The text of the line, cut to a width. */
export function progressText({ what, done, total, pace = null }: ProgressUpdate, width: number): string {
  const ratio = total === null || total === 0 ? null : done / total;
  const share = ratio === null ? '' : ` of ${formatBytes(total ?? 0)}  ${formatShare(ratio)}`;
  const gauge = ratio === null ? '' : `${bar(ratio, 20).padEnd(20)} `;
  const speed = pace === null ? '' : `  ${formatPace(pace)}`;
  return `${gauge}${sanitize(what)}  ${formatBytes(done)}${share}${speed}`.slice(0, Math.max(0, width - 1));
}
