import type { Host, Signal } from './host.ts';

/** Exit statuses as a shell gives them, 128 plus the signal's number. */
const statuses: Readonly<Record<Signal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Runs something that leaves things behind if it is cut off, and has them cleaned up when the program is told to end.
 * @param cleanUp must not wait for anything
 */
export async function interruptible<Result>(
  host: Host,
  cleanUp: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const listeners = Object.entries(statuses).map(([signal, status]) => ({
    signal: signal as Signal,
    listener: () => {
      cleanUp();
      host.exit(status);
    },
  }));
  for (const { signal, listener } of listeners) host.once(signal, listener);
  try {
    return await work();
  } finally {
    for (const { signal, listener } of listeners) host.off(signal, listener);
  }
}
