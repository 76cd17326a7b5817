import { spawnSync } from 'node:child_process';
import { accessSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decompressZstd } from '../../../src/layer/zstd/decompress.ts';
import { PROGRAMS } from '../../engines/requirements.ts';

/** Frames by zstd 1.5: no content; `abc`, with a checksum; `hello, layers`, without; 3000 zeros; 300 numbered lines. */
const empty = Buffer.from('KLUv/SQAAQAAmenYUQ==', 'base64');
const abc = Buffer.from('KLUv/QRYGQAAYWJjmQl3rQ==', 'base64');
const hello = Buffer.from('KLUv/QBYaQAAaGVsbG8sIGxheWVycw==', 'base64');
const zeros = Buffer.from('KLUv/QRYTQAAEAAAAQCz8wEWvdvLTw==', 'base64');
const lines = Buffer.from(
  `KLUv/QRozQkAZuA4EbCl0GKO4JKAIpHdvVNqxMGBPgAsAC4AYRiGYRiG4axoZCOEs6KRjQtnRSMbFs6KRjYqnBWNbFA4KxrZmHBWNLIh4axoZONw
  VjSyYTgrGlngAGAgQCCmaZZlWZZlWZYlSZIkSZIkSY7jOI7jOI6jKIqiKIqiKO7u7u7uqqqqqqqGYbIsy7Isy///////7u7u7u5xHMdxHMdxHAwG
  g8FgMBgMnud5nud5nqdpmqZpmgGCCAmHw+FwOBwOh+/7vu/7vu/btm3btm3btuu6ruu6ruuapmmapmmapud5nud5nudZlgOBK6gRQPnN4StrESQU
  P2+SKImKqIiKqIiKqIRKqIRKqATqFKduSlMyFaYu1VKVQgE7DHwZg2sx+GUZrsXgJ2O4FgO/jOFaGMzy/F72tezYKgj4q2J0iBk=`,
  'base64',
);
const linesText = Array.from({ length: 300 }, (_, at) => `line ${at + 1}\n`).join('');

/** A frame that decoders skip (RFC 8878, 3.1.2), with as many bytes. */
function skippable(length: number, variant = 0): Buffer {
  const frame = Buffer.alloc(8 + length, 'x');
  frame.writeUInt32LE(0x184d2a50 + variant, 0);
  frame.writeUInt32LE(length, 4);
  return frame;
}

async function decode(bytes: Buffer, chunk: number = bytes.length): Promise<Buffer> {
  async function* source(): AsyncGenerator<Buffer, void, void> {
    for (let at = 0; at < bytes.length; at += chunk) yield await Promise.resolve(bytes.subarray(at, at + chunk));
  }
  const chunks: Buffer[] = [];
  for await (const piece of decompressZstd(source(), 'blob')) chunks.push(piece);
  return Buffer.concat(chunks);
}

describe('a zstd stream', () => {
  const mixed = Buffer.concat([
    skippable(4),
    abc,
    skippable(0, 15),
    empty,
    hello,
    skippable(70_000, 7),
    lines,
    zeros,
    skippable(1),
  ]);
  const mixedText = `abchello, layers${linesText}${'\0'.repeat(3000)}`;

  test.each([
    ['nothing', empty, ''],
    ['a few bytes', abc, 'abc'],
    ['no checksum', hello, 'hello, layers'],
    ['a run-length block', zeros, '\0'.repeat(3000)],
    ['sequences', lines, linesText],
    ['no frame at all', Buffer.alloc(0), ''],
    ['only what is skipped', skippable(10), ''],
    ['many frames', mixed, mixedText],
    ['hundreds of tiny frames', Buffer.concat(Array<Buffer>(400).fill(abc)), 'abc'.repeat(400)],
  ])('of %s', async (_, bytes, text) => {
    expect((await decode(bytes)).toString('latin1')).toBe(text);
  });

  test.each([1, 2, 3, 7, 17, 1000])('in chunks of %d', async (chunk) => {
    expect((await decode(mixed, chunk)).toString('latin1')).toBe(mixedText);
  });

  test('that is cut within a frame is damaged, between frames is not', async () => {
    const starts = new Map([
      [0, ''],
      [abc.length, 'abc'],
      [abc.length + 12, 'abc'],
      [abc.length + 12 + hello.length, 'abchello, layers'],
    ]);
    const joined = Buffer.concat([abc, skippable(4), hello]);
    for (let length = 0; length <= joined.length; length++) {
      const whole = starts.get(length);
      const decoding = decode(joined.subarray(0, length), 5);
      if (whole === undefined)
        await expect(decoding, `cut at ${length}`).rejects.toMatchObject({ code: 'corrupt-compression' });
      else expect((await decoding).toString()).toBe(whole);
    }
  });

  test.each([
    ['garbage behind a frame', Buffer.concat([abc, Buffer.from('garbage, and more of it')]), 'between frames'],
    ['a reserved block type', Buffer.concat([abc.subarray(0, 6), Buffer.from([0x07, 0, 0])]), 'a reserved type'],
    ['a reserved bit', Buffer.from('28b52ffd2c000000000000000000000000000000', 'hex'), 'unexpected bytes'],
    // Window descriptor 0xa0: 2 to the power of 30 bytes.
    ['a window of a gibibyte', Buffer.from('28b52ffd00a0010000', 'hex'), 'it takes 1073741824 bytes of memory'],
    // A single segment of 2 ** 40 bytes wants a window as large.
    ['a segment of a tebibyte', Buffer.from('28b52ffde00000000000010000010000', 'hex'), 'it takes 1099511627776 bytes'],
  ])('with %s is refused', async (_, bytes, reason) => {
    await expect(decode(bytes)).rejects.toThrow(reason);
    await expect(decode(bytes)).rejects.toMatchObject({ code: 'corrupt-compression' });
  });

  test('of any bytes gives bytes or an error of its own', async () => {
    const damaged = fc.tuple(fc.nat(lines.length - 1), fc.nat(255)).map(([at, value]) => {
      const bytes = Buffer.from(lines);
      bytes[at] = value;
      return bytes;
    });
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([abc.subarray(0, 4), bytes]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, noise), async (bytes) => {
        try {
          await decode(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'corrupt-compression' });
        }
      }),
      { numRuns: 300 },
    );
  });
});

function hasZstd(): boolean {
  try {
    accessSync(PROGRAMS.zstd);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasZstd())('the zstd command (skipped where it is not installed)', () => {
  test.each([['-1'], ['-19'], ['--fast=5'], ['--no-check'], ['--long=27']])(
    'writes what is read back: %s',
    async (...options) => {
      const content = Buffer.concat([
        Buffer.from(Array.from({ length: 60_000 }, (_, at) => `${at} ${at * at}`).join('\n')),
        Buffer.alloc(300_000),
      ]);
      const { stdout } = spawnSync(PROGRAMS.zstd, ['--quiet', '--stdout', ...options], {
        input: content,
        maxBuffer: 1 << 26,
      });
      expect((await decode(stdout, 100_000)).equals(content)).toBe(true);
    },
  );
});
