import type { Host, Signal } from './host.ts';

/** Exit statuses as a shell gives them, 128 plus the signal's number. */
const statuses: Readonly<Record<Signal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** What Ctrl-C ends with, whoever takes it: the terminal, by a signal, or a program that reads the key. */
export const interrupted = statuses.SIGINT;

/** What is to be cleaned up if the program is told to end now, by host: one thing may be done within another. */
const pending = new WeakMap<Host, (() => void)[]>();

/**
 * Runs something that leaves things behind if it is cut off, and has them cleaned up when the program is told to end.
 * @param cleanUp must not wait for anything
 */
export async function interruptible<Result>(
  host: Host,
  cleanUp: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const cleanUps = pending.get(host) ?? [];
  pending.set(host, cleanUps);
  cleanUps.push(cleanUp);
  const listeners = Object.entries(statuses).map(([signal, status]) => ({
    signal: signal as Signal,
    listener: () => endNow(host, status),
  }));
  for (const { signal, listener } of listeners) host.once(signal, listener);
  try {
    return await work();
  } finally {
    cleanUps.splice(cleanUps.indexOf(cleanUp) >>> 0, 1);
    for (const { signal, listener } of listeners) host.off(signal, listener);
  }
}

/** Cleans everything up that is under way, and ends the program. */
export function endNow(host: Host, status: number): void {
  // All of them, for the program is over with the first listener.
  for (const each of pending.get(host)?.splice(0).toReversed() ?? []) each();
  host.exit(status);
}
