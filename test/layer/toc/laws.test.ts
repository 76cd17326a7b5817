import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dir, file, hardLink, symlink } from '../../write-layer.ts';
import { expectSameLayer, scanWhole } from './expect-same-layer.ts';
import type { TocItem } from './write-members.ts';
import { writeZstdChunked } from './write-zstd-chunked.ts';
import { contents, estargz, indexed, type Written, written } from './written-layer.ts';

type Items = readonly (readonly [string, TocItem])[];
interface Cut {
  readonly chunkSize: number;
  readonly minChunkSize: number;
}

const name = fc.stringMatching(/^[a-zé]{1,40}$/);
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
const attributes = fc.record({
  mode: fc.nat(0o7777),
  uid: fc.nat(2_000_000),
  gid: fc.nat(2_000_000),
  mtime: fc.integer({ min: 0, max: 4_000_000_000 }),
});
const content = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.uint8Array({ minLength: 5000, maxLength: 20_000 }),
  fc.nat(30_000).map((size) => new Uint8Array(size)),
);
const xattrs = fc.dictionary(fc.stringMatching(/^user\.[a-z]{1,9}$/), fc.string({ maxLength: 50 }));
const item: fc.Arbitrary<TocItem> = fc.oneof(
  fc.tuple(content, attributes).map(([bytes, more]) => ({ ...file(Buffer.from(bytes)), ...more })),
  fc.tuple(xattrs, attributes).map(([records, more]) => ({ ...dir(), ...more, xattrs: records })),
  fc.string({ minLength: 1, maxLength: 150, unit: 'grapheme-ascii' }).map(symlink),
  name.map(hardLink),
);
const items: fc.Arbitrary<Items> = fc.array(fc.tuple(path, item), { maxLength: 15 });
const cut: fc.Arbitrary<Cut> = fc.record({
  chunkSize: fc.integer({ min: 100, max: 8000 }),
  minChunkSize: fc.oneof(fc.constant(0), fc.nat(10_000)),
});

test.each<[writer: string, write: (tree: Items, by: Cut) => Written, compression: 'gzip' | 'zstd', before: number]>([
  ['an eStargz layer of BuildKit', (tree, by) => estargz(tree, { like: 'buildkit', ...by }), 'gzip', 0],
  // The landmark comes first.
  ['an eStargz layer of another', (tree, by) => estargz(tree, { like: 'build', ...by }), 'gzip', 1],
  ['a zstd:chunked layer', (tree, by) => written((take) => writeZstdChunked(tree, by, take)), 'zstd', 0],
])('the table of %s says what its tar says, and where', async (_, write, compression, before) => {
  await fc.assert(
    fc.asyncProperty(items, cut, async (tree, by) => {
      const layer = write(tree, by);
      const found = await indexed(layer.blob);
      expectSameLayer(found, await scanWhole(layer.bytes, compression));
      const rows = tree.flatMap(([, { type = '0' }], at) => (type === '0' ? [at + before] : []));
      const expected = rows.map((row) => Buffer.from(tree[row - before]?.[1].content ?? ''));
      const read = await contents(layer.blob, found, rows);
      expect(rows.map((row) => read.get(row))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
