import type { Clock } from '../../src/registry/clock.ts';

/** A clock that pauses make go on, and nothing else. */
export function testClock(): { readonly clock: Clock; readonly pauses: number[] } {
  const pauses: number[] = [];
  let now = Date.parse('2026-01-01T00:00:00Z');
  const clock: Clock = {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      pauses.push(milliseconds);
      now += milliseconds;
    },
    random: () => 0.5,
  };
  return { clock, pauses };
}
