import type { Host } from './host.ts';

/** The longest a timer can take, in milliseconds. */
const ages = 2 ** 31 - 1;

/** Stops the program as Ctrl-Z does on a terminal that is not in raw mode, and calls back once `fg` lets it go on. */
export function stopJob(host: Pick<Host, 'once' | 'off' | 'kill'>, resumed: () => void): void {
  // The keyboard is not listened to now, and Node does not wait for signals: with nothing to wait for it would end.
  const wait = setInterval(() => {}, ages);
  const goOn = (): void => {
    clearInterval(wait);
    resumed();
  };
  host.once('SIGCONT', goOn);
  try {
    // The whole process group, or the shell would wait for the npx or the pipeline that this runs in.
    host.kill(0, 'SIGTSTP');
  } catch {
    // Windows knows no such thing.
    host.off('SIGCONT', goOn);
    goOn();
  }
}
