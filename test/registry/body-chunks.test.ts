import { expect, test } from 'vitest';
import { bodyChunks } from '../../src/registry/body-chunks.ts';
import { defaultLimits } from '../../src/registry/limits.ts';

const url = new URL('https://host/path');

/** Reads pieces that each come, and are each handled, after so many milliseconds; tells how many there were. */
async function reading(pieces: number, bytes: number, comes: number, handled: number): Promise<string> {
  let now = 0;
  async function* body(): AsyncGenerator<Buffer> {
    for (let piece = 0; piece < pieces; piece++) {
      now += comes;
      yield Buffer.alloc(bytes);
    }
  }
  const clock = { now: () => now, sleep: async () => undefined, random: () => 0 };
  let count = 0;
  try {
    for await (const _ of bodyChunks(body(), url, { clock, limits: defaultLimits })) {
      count += 1;
      now += handled;
    }
  } catch (error) {
    return `${count}: ${String(error)}`;
  }
  return `${count}`;
}

test('what crawls is given up, and what waits for its reader is not', async () => {
  // A byte every 20 seconds never lets a connection be idle.
  expect(await reading(1000, 1, 20_000, 0)).toMatch(/^6: .*host: only 7 bytes came in 140 seconds; given up/);
  expect(await reading(1000, 1, 0, 20_000)).toBe('1000');
  expect(await reading(100, 1_048_576, 100_000, 0)).toBe('100');
  expect(await reading(100, 524_288, 50_000, 0)).toBe('100');
});
