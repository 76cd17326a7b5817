import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Compression, decompress, sniffCompression } from '../../src/layer/compression.ts';

/** Bytes in chunks of a size, as a stream has them. */
async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function decompressed(bytes: Buffer, compression: Compression, chunk = 64 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const piece of decompress(inChunks(bytes, chunk), compression, 'blob')) chunks.push(piece);
  return Buffer.concat(chunks);
}

describe('sniffCompression', () => {
  test.each([
    ['1f8b0800', 'gzip'],
    ['28b52ffd', 'zstd'],
    ['502a4d18', 'zstd'],
    ['5f2a4d18', 'zstd'],
    ['602a4d18', 'none'],
    ['28b52ffe', 'none'],
    ['1f', 'none'],
    ['', 'none'],
    ['61626364', 'none'],
  ])('%s is %s', (hex, compression) => {
    expect(sniffCompression(Buffer.from(hex, 'hex'), 'x')).toBe(compression);
  });

  test.each([
    ['fd377a585a00', 'xz'],
    ['425a6839', 'bzip2'],
    ['04224d18', 'lz4'],
  ])('refuses %s, which is %s', (hex, format) => {
    expect(() => sniffCompression(Buffer.from(hex, 'hex'), 'x')).toThrow(`x: is compressed with ${format}.`);
  });
});

describe('gunzip', () => {
  const content = Buffer.from(Array.from({ length: 50_000 }, (_, at) => String(at)).join(' '));

  test.each([13, 100, 64 * 1024])('reads members that follow each other, in chunks of %d', async (chunk) => {
    const members = [content.subarray(0, 1000), content.subarray(1000, 1001), Buffer.alloc(0), content.subarray(1001)];
    const joined = Buffer.concat(members.map((member) => gzipSync(member)));
    expect((await decompressed(joined, 'gzip', chunk)).equals(content)).toBe(true);
  });

  test('leaves zeros behind the last member alone', async () => {
    const padded = Buffer.concat([gzipSync(content), Buffer.alloc(1000)]);
    expect((await decompressed(padded, 'gzip')).equals(content)).toBe(true);
  });

  test('gives large content in large chunks', async () => {
    const sizes: number[] = [];
    const zeros = gzipSync(Buffer.alloc(4 * 1024 * 1024));
    for await (const piece of decompress(inChunks(zeros, 1 << 20), 'gzip', 'blob')) sizes.push(piece.length);
    expect(Math.max(...sizes)).toBe(1024 * 1024);
  });

  test('fails on a stream that is cut, at any place', async () => {
    const whole = gzipSync(content);
    for (const length of [1, 9, 10, 100, whole.length - 8, whole.length - 1])
      await expect(decompressed(whole.subarray(0, length), 'gzip'), `cut at ${length}`).rejects.toMatchObject({
        code: 'corrupt-compression',
      });
  });

  test('fails on damage, and says where', async () => {
    const damaged = gzipSync(content);
    damaged.fill(0xff, 500, 600);
    await expect(decompressed(damaged, 'gzip')).rejects.toThrow(/^blob: the gzip stream is damaged or truncated \(/);
    const wrongSum = gzipSync(content);
    wrongSum[wrongSum.length - 5] = (wrongSum.at(-5) ?? 0) ^ 1;
    await expect(decompressed(wrongSum, 'gzip')).rejects.toMatchObject({ code: 'corrupt-compression' });
  });

  test('passes a failure of its source on', async () => {
    async function* failing(): AsyncGenerator<Buffer, void, void> {
      yield gzipSync(content).subarray(0, 100);
      throw new Error(await Promise.resolve('the source failed'));
    }
    const reading = (async () => {
      for await (const _ of decompress(failing(), 'gzip', 'blob')) void _;
    })();
    await expect(reading).rejects.toThrow('the source failed');
  });
});

test('what is not compressed comes as it is', async () => {
  expect((await decompressed(Buffer.from('abc'), 'none', 1)).toString()).toBe('abc');
});
