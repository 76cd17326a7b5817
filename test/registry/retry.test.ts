import { describe, expect, test } from 'vitest';
import { problem } from '../../src/errors.ts';
import { defaultLimits } from '../../src/registry/limits.ts';
import { PassingFailure } from '../../src/registry/passing-failure.ts';
import { Patience } from '../../src/registry/patience.ts';
import { retryAfter } from '../../src/registry/retry-after.ts';
import { testClock } from './test-clock.ts';

const outcome = problem('registry-unreachable', { host: 'host', reason: 'it failed' });

/** What it comes to when an action fails so often, and the pauses meanwhile. */
async function trying(failures: readonly Error[], closed = new AbortController()): Promise<[string, number[]]> {
  const { clock, pauses } = testClock();
  const left = [...failures];
  const patience = new Patience({ clock, limits: defaultLimits }, closed.signal);
  try {
    return [
      await patience.attempt(async () => {
        const failure = left.shift();
        if (failure !== undefined) throw failure;
        return 'done';
      }),
      pauses,
    ];
  } catch (error) {
    return [error === outcome ? 'outcome' : String(error), pauses];
  }
}

const passing = (wait: number | null = null): PassingFailure => new PassingFailure(outcome, wait);

describe('attempts', () => {
  test('are made again after longer and longer pauses, and by chance half as long again', async () => {
    // The clock's chance is always one half.
    expect(await trying([passing(), passing(), passing()])).toEqual(['done', [625, 1250, 2500]]);
  });

  test('end with the fifth', async () => {
    expect(await trying(Array.from({ length: 9 }, () => passing()))).toEqual(['outcome', [625, 1250, 2500, 5000]]);
  });

  test('wait as long as they are asked to, but not shorter than they would', async () => {
    expect(await trying([passing(7000), passing(0)])).toEqual(['done', [7000, 1250]]);
  });

  test('end when they would have to wait too long', async () => {
    expect(await trying([passing(60_001)])).toEqual(['outcome', []]);
    expect(await trying([passing(40_000), passing(40_000)])).toEqual(['outcome', [40_000]]);
  });

  test('are not made after what stays as it is', async () => {
    expect(await trying([new Error('bug')])).toEqual(['Error: bug', []]);
  });

  test('end in a pause when nobody waits any more', async () => {
    const closed = new AbortController();
    closed.abort();
    expect(await trying([passing()], closed)).toEqual(['outcome', []]);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  test.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2020 00:00:00 GMT', 0],
    ['soon', null],
    ['-1', null],
    ['1e9', null],
    ['99999999999999999999', null],
    [null, null],
  ])('%s', (header, wait) => {
    expect(retryAfter(header, now)).toBe(wait);
  });
});
