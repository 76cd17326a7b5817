import { describe, expect, test } from 'vitest';
import { readToc } from '../../../src/layer/toc/read-toc.ts';
import { dir, file } from '../../write-layer.ts';
import { expectSameLayer, scanWhole } from './expect-same-layer.ts';
import { memoryBlob } from './memory-blob.ts';
import { writeZstdChunked } from './write-zstd-chunked.ts';
import { contents, indexed, written } from './written-layer.ts';

const big = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at) % 251));
const layer = written((take) =>
  writeZstdChunked(
    [
      ['d', dir()],
      ['d/a', file('a')],
      ['d/big', file(big)],
      ['d/z', file('z')],
    ],
    { chunkSize: 70_000 },
    take,
  ),
);
const prefix = 'io.github.containers.zstd-chunked.';
const position = layer.annotations[`${prefix}manifest-position`] ?? '';
const checksum = layer.annotations[`${prefix}manifest-checksum`] ?? '';
const [offset = 0, length = 0, size = 0] = position.split(':').map(Number);

describe('a zstd:chunked layer', () => {
  test('is indexed from its manifest, in one request', async () => {
    const blob = memoryBlob(layer.bytes, layer.annotations);
    expectSameLayer(await indexed(blob), await scanWhole(layer.bytes, 'zstd'));
    expect(blob.reads).toEqual([[offset, length]]);
  });

  test('is known by the names of annotations that were before, and where the digest of its JSON is there too', async () => {
    const blob = memoryBlob(layer.bytes, {
      'io.containers.zstd-chunked.manifest-checksum': checksum,
      'io.containers.zstd-chunked.manifest-position': position,
      'containerd.io/snapshot/stargz/toc.digest': `sha256:${'0'.repeat(64)}`,
    });
    expectSameLayer(await indexed(blob), await scanWhole(layer.bytes, 'zstd'));
  });

  test('takes the requests of the chunks of a file alone', async () => {
    const blob = memoryBlob(layer.bytes, layer.annotations);
    const found = await indexed(blob);
    expect((await contents(blob, found, [2])).get(2)).toEqual(big);
    const at = (name: string): number => Number(layer.entries.find((entry) => entry.name === name)?.['offset']);
    expect(blob.reads.slice(1)).toEqual([[at('d/big'), at('d/z') - at('d/big')]]);
  });

  test.each([
    ['no numbers', 'somewhere', checksum, 'toc-damaged', 'its position is not of a kind that is known'],
    ['a type to come', `${offset}:${length}:${size}:2`, checksum, 'toc-damaged', 'its position is not of a kind'],
    ['a negative offset', `-8:${length}:${size}:1`, checksum, 'toc-damaged', 'its position is not of a kind'],
    ['a place behind the blob', `9${offset}:${length}:${size}:1`, checksum, 'toc-damaged', 'it is outside of the blob'],
    ['more than the blob has', `${offset}:999999999999999:${size}:1`, checksum, 'toc-damaged', 'it is outside of the'],
    ['a terabyte of JSON', `${offset}:${length}:1000000000000:1`, checksum, 'toc-damaged', 'it has more than'],
    ['less JSON than there is', `${offset}:${length}:${size - 1}:1`, checksum, 'toc-damaged', 'it is longer than it'],
    ['another place', `${offset - 8}:${length}:${size}:1`, checksum, 'toc-damaged', 'it cannot be unpacked'],
    ['a part of it', `${offset}:${length - 1}:${size}:1`, checksum, 'toc-damaged', 'it cannot be unpacked'],
    ['nothing', `${offset}:0:0:1`, checksum, 'toc-unverified', 'does not match its digest'],
    ['another digest', position, `sha256:${'0'.repeat(64)}`, 'toc-unverified', `expected sha256:${'0'.repeat(64)}, is`],
    ['no digest', position, undefined, 'toc-unverified', 'expected none, is sha256:'],
  ])('is refused whose annotations name %s', async (_, manifestPosition, manifestChecksum, code, message) => {
    const blob = memoryBlob(layer.bytes, {
      [`${prefix}manifest-position`]: manifestPosition,
      ...(manifestChecksum === undefined ? {} : { [`${prefix}manifest-checksum`]: manifestChecksum }),
    });
    await expect(readToc(blob, 'layer')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
  });

  test('is refused with any byte of its manifest changed', async () => {
    const small = written((take) => writeZstdChunked([['a', file('a')]], { chunkSize: 9 }, take));
    for (let at = small.tocOffset; at < small.bytes.length; at++) {
      const bytes = Buffer.from(small.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 0x20;
      await expect(readToc(memoryBlob(bytes, small.annotations), 'layer'), `byte ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^toc-(?:damaged|unverified)$/) as string,
      });
    }
  });
});
