import { setImmediate } from 'node:timers/promises';

/** Longest time without a look at signals, in milliseconds. */
const patience = 50;

/**
 * Lets the program notice signals during long work that waits for nothing.
 * @returns to be called, and awaited, often
 */
export function createPause(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < patience) return;
    await setImmediate();
    last = performance.now();
  };
}
