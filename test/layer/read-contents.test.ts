import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ContentDigests } from '../../src/layer/content-digests.ts';
import { hashContents } from '../../src/layer/hash-contents.ts';
import type { LayerContent } from '../../src/layer/layer-content.ts';
import { type ReadableLayer, readContents } from '../../src/layer/read-contents.ts';
import { scanBlob } from '../../src/layer/scan-blob.ts';
import { paxHeader, writeTar } from '../engines/corpus/tar-header.ts';
import { scanPassing, temporaryFolder } from '../scan-layer.ts';
import { dir, file, layer, symlink } from '../write-layer.ts';

const big = 'b'.repeat(3_000_000);
const tar = layer({ d: dir(), a: file('content of a'), empty: file(0), l: symlink('a'), big: file(big), z: file('z') });
/** Rows of `tar` that are files, and what they hold. */
const contents = new Map([
  [1, 'content of a'],
  [2, ''],
  [4, big],
  [5, 'z'],
]);

async function onDisk(bytes: Buffer): Promise<ReadableLayer> {
  const path = join(temporaryFolder(), 'blob');
  writeFileSync(path, Buffer.concat([Buffer.alloc(100, '#'), bytes, Buffer.alloc(100, '#')]));
  const extent = { file: path, offset: 100, size: bytes.length };
  const { index, compression } = await scanBlob({ what: 'blob', extent, hashed: false }, () => {});
  return { what: 'blob', content: { kind: 'extent', extent }, compression, index, chunks: null };
}

/** A layer that passed by; it can be read again if `again` is what it was. */
function passed(again: Buffer | null): ReadableLayer {
  const scanned = {
    ...scanPassing(tar),
    compression: 'none' as const,
    blobBytes: tar.length,
    hashes: null,
    chunks: null,
  };
  async function* reopen(): AsyncGenerator<Buffer, void, void> {
    if (again !== null)
      for (let at = 0; at < again.length; at += 1000) yield await Promise.resolve(again.subarray(at, at + 1000));
  }
  const content: LayerContent = { kind: 'passed', scanned, reopen: again === null ? null : reopen };
  return { what: 'stream', content, compression: 'none', index: scanned.index, chunks: null };
}

/** The content of rows, put in its places over zeros. */
async function read(of: ReadableLayer, rows: readonly number[]): Promise<Map<number, Buffer>> {
  const found = new Map(rows.map((row) => [row, Buffer.alloc(of.index.size[row] ?? 0)]));
  for await (const { row, position, piece } of readContents(of, rows)) {
    const copied = piece.copy(found.get(row) ?? Buffer.alloc(0), position);
    expect(copied).toBe(piece.length);
  }
  return found;
}

describe('readContents', () => {
  const selections = [[1], [2], [4], [5], [1, 5], [1, 2, 4, 5], []];

  test.each([
    ['a tar on disk', () => onDisk(tar)],
    ['a gzip layer on disk', () => onDisk(gzipSync(tar))],
    ['a layer that passed by and can be had again', () => Promise.resolve(passed(tar))],
  ])('reads any files of %s', async (_, open) => {
    const readable = await open();
    for (const rows of selections) {
      const found = await read(readable, rows);
      expect([...found].map(([row, bytes]) => [row, bytes.toString()])).toEqual(
        rows.map((row) => [row, contents.get(row)]),
      );
    }
  });

  test('reads no more of a stream than the last file takes', async () => {
    // Cut in the middle of `big`: what stands before it can be had.
    const cut = passed(tar.subarray(0, 1_000_000));
    expect((await read(cut, [1])).get(1)?.toString()).toBe('content of a');
    await expect(read(cut, [4])).rejects.toMatchObject({ code: 'truncated' });
  });

  test('cannot read standard input twice, nor a layer that is not there', async () => {
    await expect(read(passed(null), [1])).rejects.toMatchObject({ code: 'content-unavailable' });
    const absent: ReadableLayer = { ...passed(null), content: { kind: 'absent' } };
    await expect(read(absent, [1])).rejects.toThrow('the layer is not part of the image');
    expect(await read(absent, [2])).toEqual(new Map([[2, Buffer.alloc(0)]]));
  });
});

describe('a sparse file', () => {
  const sparse = (map: Record<string, string>, content: string | Buffer): Buffer =>
    writeTar([paxHeader(map), { name: 's', content }, { name: 'after', content: 'after' }]);
  const expected = Buffer.alloc(9000);
  expected.write('abc', 10);
  expected.write('de', 8000);

  const version01 = sparse({ 'GNU.sparse.size': '9000', 'GNU.sparse.map': '10,3,8000,2,9000,0' }, 'abcde');
  const map = Buffer.alloc(512);
  map.write('3\n10\n3\n8000\n2\n9000\n0\n');
  const records10 = { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '9000' };
  const version10 = sparse(records10, Buffer.concat([map, Buffer.from('abcde')]));

  test.each([
    ['version 0.1', version01],
    ['version 1.0', version10],
  ])('of %s has its pieces in their places', async (_, bytes) => {
    for (const layerBytes of [bytes, gzipSync(bytes)]) {
      const found = await read(await onDisk(layerBytes), [0, 1]);
      expect(found.get(0)?.equals(expected)).toBe(true);
      expect(found.get(1)?.toString()).toBe('after');
    }
  });

  test.each([
    ['a piece beyond its end', sparse({ 'GNU.sparse.size': '12', 'GNU.sparse.map': '10,3' }, 'abc')],
    ['more stored than placed', sparse({ 'GNU.sparse.size': '90', 'GNU.sparse.map': '10,2' }, 'abc')],
    ['no map where one should be', sparse(records10, 'x'.repeat(600))],
  ])('with %s is refused', async (_, bytes) => {
    await expect(read(await onDisk(bytes), [0])).rejects.toThrow('its sparse map is not valid');
  });

  test('is never hashed: its size is a claim', async () => {
    const readable = await onDisk(sparse({ 'GNU.sparse.size': '8000000000000000', 'GNU.sparse.map': '0,1' }, 'a'));
    const digests = new ContentDigests();
    hashContents(readable, [0, 1], digests);
    expect(digests.get(0)).toBeNull();
    expect(digests.get(1)).toBe('sha256:f39592393ef0859cb196a52693d2cea00fb2df784b3c04ae54aa7cadb8e562f8');
  });
});

test('hashing a layer on disk gives what hashing it on the way gives', async () => {
  const readable = await onDisk(tar);
  const digests = new ContentDigests();
  hashContents(readable, [...contents.keys()], digests);
  const { digests: onTheWay } = scanPassing(tar);
  for (const row of [1, 4, 5]) expect(digests.get(row)).toBe(onTheWay.get(row));
  expect(digests.get(1)).toMatch(/^sha256:[a-f0-9]{64}$/);
});
