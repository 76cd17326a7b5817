import { describe, expect, test } from 'vitest';
import type { RemoteBlob } from '../../../src/layer/remote-blob.ts';
import { fetchKept } from '../../../src/layer/toc/fetch-kept.ts';
import { readChunks } from '../../../src/layer/toc/read-chunks.ts';
import { file, symlink } from '../../write-layer.ts';
import type { CountedBlob } from './memory-blob.ts';
import type { TocItem } from './write-members.ts';
import { writeZstdChunked } from './write-zstd-chunked.ts';
import { contents, estargz, indexed, written } from './written-layer.ts';

const MiB = 1024 * 1024;

/** Bytes that do not get smaller by compressing them. */
function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, state = 1; at + 4 <= size; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes.writeUInt32LE(Math.imul(state ^ (state >>> 15), 0x85ebca6b) >>> 0, at);
  }
  return bytes;
}

/** The chunks of a layer as a function to read them with. */
async function opened(blob: CountedBlob): Promise<Parameters<typeof readChunks>[1]> {
  const found = await indexed(blob);
  if (found.chunks === null) throw new Error('no chunks');
  return { ...found, chunks: found.chunks };
}

describe('the requests for content', () => {
  test('are one for files that are near each other, and one each for those that are not', async () => {
    const items: (readonly [string, TocItem])[] = Array.from({ length: 40 }, (_, at) => [`${at}`, file(noise(2000))]);
    items.splice(20, 0, ['far', file(noise(100_000))]);
    const { blob, entries } = estargz(items, { like: 'buildkit' });
    const found = await indexed(blob);
    const places = [0, 5, 19, 21, 40];
    const read = await contents(blob, found, places);
    expect(places.map((row) => read.get(row))).toEqual(places.map((row) => items[row]?.[1].content));
    // The first two are near each other: four files of 2000 bytes are between them, and then 13, `far`, and 18.
    const asked = blob.reads.slice(2);
    expect(asked.map(([offset]) => entries.findIndex((entry) => entry['offset'] === offset))).toEqual([0, 19, 21, 40]);
    const got = asked.reduce((sum, [, length]) => sum + length, 0);
    expect(got).toBeLessThan((6 + 3) * 2500);
  });

  test('of a large file are of four megabytes each, four at a time, and in order', async () => {
    const content = noise(18 * MiB);
    const { blob } = estargz([['large', file(content)]], { like: 'buildkit', chunkSize: 100 * MiB });
    const layer = await opened(blob);
    let under = 0;
    let most = 0;
    const slow: RemoteBlob = {
      ...blob,
      read: async (offset, length) => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setImmediate(resolve));
        under--;
        return await blob.read(offset, length);
      },
    };
    const pieces: Buffer[] = [];
    for await (const { row, position, piece } of readChunks(slow, layer, [0], 'layer')) {
      expect([row, position]).toEqual([0, pieces.reduce((sum, { length }) => sum + length, 0)]);
      pieces.push(piece);
    }
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    expect(most).toBe(4);
    const lengths = blob.reads.slice(2).map(([, length]) => length);
    expect(lengths).toHaveLength(5);
    expect(Math.max(...lengths)).toBe(4 * MiB);
  });

  test('do not take along what stands behind a file in its part', async () => {
    const links = Array.from({ length: 3000 }, (_, at) => [`l${at}`, symlink(`target of ${at}`)] as const);
    const layer = written((take) =>
      writeZstdChunked([['a', file('content of a')], ...links], { chunkSize: 9000 }, take),
    );
    const found = await indexed(layer.blob);
    expect((await contents(layer.blob, found, [0])).get(0)?.toString()).toBe('content of a');
    expect(layer.bytes.length).toBeGreaterThan(1_500_000);
    // A zstd block is 128 KiB at most, and has to be there as a whole.
    expect(layer.blob.reads[1]?.[1]).toBeLessThan(132_000);
  });

  test('stop with whoever asked, and fail as the blob does', async () => {
    const items = Array.from({ length: 7 }, (_, at) => [`${at}`, file(noise(3 * MiB))] as const);
    const { blob } = estargz(items, { like: 'buildkit' });
    const layer = await opened(blob);
    const rows = items.map((_, at) => at);
    for await (const _ of readChunks(blob, layer, rows, 'layer')) break;
    expect(blob.reads.length).toBeLessThanOrEqual(2 + 5);
    let left = 3;
    const failing: RemoteBlob = {
      ...blob,
      read: (offset, length) =>
        left-- > 0 ? blob.read(offset, length) : Promise.reject(new Error('the registry is gone')),
    };
    const read = async (): Promise<number> => {
      let got = 0;
      for await (const { piece } of readChunks(failing, layer, rows, 'layer')) got += piece.length;
      return got;
    };
    await expect(read()).rejects.toThrow('the registry is gone');
  });

  test('for what is kept are few, and none where nothing is', async () => {
    const secrets = Array.from({ length: 50 }, (_, at) => [`home/${at}/.npmrc`, file(`token ${at}`)] as const);
    const { blob } = estargz([...secrets, ['large/.npmrc', file(noise(70_000))]], { like: 'buildkit' });
    const kept = await fetchKept(blob, await opened(blob), 'layer');
    expect([...kept].map(([row, content]) => [row, Buffer.from(content).toString()])).toEqual(
      secrets.map((_, at) => [at, `token ${at}`]),
    );
    expect(blob.reads.slice(2)).toHaveLength(1);

    const nothing = estargz([['motd', file('hello')]], { like: 'buildkit' });
    expect(await fetchKept(nothing.blob, await opened(nothing.blob), 'layer')).toEqual(new Map());
    expect(nothing.blob.reads).toHaveLength(2);
  });
});
