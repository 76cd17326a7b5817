import type { Host } from './host.ts';

/** Stops the program as Ctrl-Z does on a terminal that is not in raw mode, and calls back once `fg` lets it go on. */
export function stopJob(host: Pick<Host, 'once' | 'off' | 'kill'>, resumed: () => void): void {
  host.once('SIGCONT', resumed);
  try {
    // The whole process group, or the shell would wait for the npx or the pipeline that this runs in.
    host.kill(0, 'SIGTSTP');
  } catch {
    // Windows knows no such thing.
    host.off('SIGCONT', resumed);
    resumed();
  }
}
