import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Digest } from '../../src/image/digest.ts';
import { ContentDigests } from '../../src/layer/content-digests.ts';
import type { ChunkTable } from '../../src/layer/chunk-table.ts';
import { EntryType } from '../../src/layer/entry-type.ts';
import { LayerIndexBuilder } from '../../src/layer/layer-index-builder.ts';
import type { ScannedBlob } from '../../src/layer/scan-blob.ts';
import type { TarEntry } from '../../src/layer/tar/tar-entry.ts';

export const digestOf = (digit: string): Digest => `sha256:${digit.repeat(64)}`;

/** Fails where two layers differ in anything that somebody can ask them for. */
export function expectSame(actual: ScannedBlob | null, expected: ScannedBlob): void {
  if (actual === null) return expect.fail('there is no index');
  const { digests, ...rest } = actual;
  const { digests: expectedDigests, ...expectedRest } = expected;
  // Buffers and arrays of bytes are the same thing here.
  expect(plain(rest)).toEqual(plain(expectedRest));
  for (let row = 0; row <= expected.index.count; row++) expect(digests.get(row)).toBe(expectedDigests.get(row));
}

function plain({ kept, ...rest }: Omit<ScannedBlob, 'digests'>): object {
  return { ...rest, kept: [...kept].map(([row, bytes]) => [row, Buffer.from(bytes).toString('hex')]) };
}

/** Two files and their directory. */
export function smallLayer(): ScannedBlob {
  const builder = new LayerIndexBuilder('test');
  builder.add(entry({ type: EntryType.dir, path: 'etc', mode: 0o755 }), 512);
  builder.add(entry({ path: 'etc/.npmrc', size: 5, storedSize: 5, mtime: 1_700_000_000.25 }), 1024);
  const sparse = { kind: 'map', pieces: [0, 3, 4096, 2] } as const;
  builder.add(entry({ path: 'disk', size: 8192, storedSize: 5, sparse, uid: 2 ** 40 }), 2048);
  builder.oddities.note('unsafe-path', () => '../x');
  const digests = new ContentDigests(0);
  digests.set(1, new Uint8Array(32).fill(7));
  return {
    index: builder.finish(4096, []),
    digests,
    kept: new Map([[1, Buffer.from('token')]]),
    compression: 'gzip',
    blobBytes: 321,
    hashes: { blob: digestOf('a'), tar: digestOf('b') },
    chunks: null,
  };
}

function entry(properties: Partial<TarEntry> & { readonly path: string }): TarEntry {
  return {
    type: EntryType.file,
    linkPath: '',
    size: 0,
    storedSize: 0,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: 0,
    devMajor: 0,
    devMinor: 0,
    xattrs: '',
    sparse: null,
    ...properties,
  };
}

const size = fc.oneof(fc.nat(300), fc.nat(70_000), fc.maxSafeNat());
const bytes = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const sparseMap = fc.oneof(
  fc.constant({ kind: 'inline' as const }),
  fc.array(fc.tuple(size, size)).map((pairs) => ({ kind: 'map' as const, pieces: pairs.flat() })),
);

const anyEntry: fc.Arbitrary<TarEntry> = fc.record({
  type: fc.constantFrom(...Object.values(EntryType)),
  path: fc.oneof(
    bytes,
    fc.array(fc.constantFrom('a', 'b', '..', 'usr'), { maxLength: 5 }).map((p) => p.join('/')),
  ),
  linkPath: bytes,
  size,
  storedSize: size,
  mode: fc.nat(0o7777),
  uid: fc.oneof(fc.nat(70_000), fc.maxSafeInteger()),
  gid: fc.constantFrom(0, 0, 1000),
  mtime: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat()),
  devMajor: fc.nat(300),
  devMinor: fc.nat(2 ** 31),
  xattrs: bytes,
  sparse: fc.option(sparseMap, { freq: 5 }),
});

/** Layers of any shape. */
export const anyLayer: fc.Arbitrary<ScannedBlob> = fc
  .record({
    entries: fc.array(
      fc.tuple(anyEntry, size, fc.nat(2 ** 32 - 1), fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 }))),
    ),
    keptBytes: fc.array(fc.uint8Array(), { maxLength: 3 }),
    tarBytes: fc.option(size),
    compression: fc.constantFrom('none' as const, 'gzip' as const, 'zstd' as const),
    blobBytes: fc.integer({ min: 1000, max: 2 ** 40 }),
    hashed: fc.boolean(),
    chunked: fc.boolean(),
  })
  .map(({ entries, keptBytes, tarBytes, compression, blobBytes, hashed, chunked }) => {
    const builder = new LayerIndexBuilder('test');
    const digests = new ContentDigests(0);
    for (const [one, offset, head, digest] of entries) {
      const row = builder.add(one, offset);
      if (row === null) continue;
      builder.setHead(row, head);
      if (digest !== null) digests.set(row, digest);
    }
    const index = builder.finish(tarBytes, [{ code: 'lone-zero-block', count: 3, example: 'at byte 512' }]);
    const kept = new Map(keptBytes.slice(0, index.count).map((content, row) => [row, content]));
    const hashes = hashed ? { blob: digestOf('c'), tar: digestOf('d') } : null;
    return { index, digests, kept, compression, blobBytes, hashes, chunks: chunked ? chunkTable(index.count) : null };
  });

/** Row `i` has `i % 3` chunks. */
function chunkTable(count: number): ChunkTable {
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row] ?? 0) + (row % 3);
  const rows = Array.from({ length: starts[count] ?? 0 }, (_, row) => row);
  return {
    starts,
    offset: Float64Array.from(rows),
    end: Float64Array.from(rows, (row) => row + 100),
    skip: Float64Array.from(rows, (row) => row * 5),
    position: Float64Array.from(rows, (row) => row * 2 ** 33),
    size: Float64Array.from(rows, () => 4096),
    digests: Uint8Array.from(rows.flatMap((row) => Array<number>(32).fill(row & 0xff))),
  };
}
