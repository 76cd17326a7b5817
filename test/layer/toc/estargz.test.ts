import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fetchKept } from '../../../src/layer/toc/fetch-kept.ts';
import { readChunks } from '../../../src/layer/toc/read-chunks.ts';
import { readToc } from '../../../src/layer/toc/read-toc.ts';
import type { ScannedBlob } from '../../../src/layer/scan-blob.ts';
import { dir, fifo, charDevice, file, hardLink, symlink, whiteout } from '../../write-layer.ts';
import { expectSameLayer, scanWhole } from './expect-same-layer.ts';
import { type CountedBlob, memoryBlob } from './memory-blob.ts';
import { type EstargzOptions, writeEstargz, type WrittenLayer } from './write-estargz.ts';
import type { TocItem } from './write-members.ts';

interface Written extends WrittenLayer {
  readonly bytes: Buffer;
  readonly blob: CountedBlob;
}

function written(items: readonly (readonly [string, TocItem])[], options: EstargzOptions): Written {
  const pieces: Buffer[] = [];
  const layer = writeEstargz(items, options, (piece) => pieces.push(piece));
  const bytes = Buffer.concat(pieces);
  return { ...layer, bytes, blob: memoryBlob(bytes, layer.annotations) };
}

async function indexed(blob: CountedBlob): Promise<ScannedBlob> {
  const found = await readToc(blob, 'layer');
  if (found === null) throw new Error('no table');
  return found;
}

/** The content of rows by their chunks. */
async function contents(blob: CountedBlob, found: ScannedBlob, rows: readonly number[]): Promise<Map<number, Buffer>> {
  const { index, chunks, compression } = found;
  if (chunks === null) throw new Error('no chunks');
  const read = new Map(rows.map((row) => [row, Buffer.alloc(index.size[row] ?? 0, '?')]));
  for await (const { row, position, piece } of readChunks(blob, { index, chunks, compression }, rows, 'layer'))
    piece.copy(read.get(row) ?? Buffer.alloc(0), position);
  return read;
}

const tree: readonly (readonly [string, TocItem])[] = [
  ['etc', dir()],
  ['etc/motd', file('hello')],
  ['etc/empty', file('')],
  ['etc/big', file(Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * at) % 251)))],
  ['etc/motd2', hardLink('etc/motd')],
  ['etc/link', symlink('motd')],
  ['dev', dir({ mode: 0o1777, uid: 1000, gid: 70_000, mtime: 0 })],
  ['dev/null', charDevice(1, 3)],
  ['dev/pipe', fifo()],
  ['usr/.wh.gone', whiteout],
  ['usr/.wh..wh..opq', whiteout],
  [`${'long/'.repeat(30)}größe`, file('long', { mode: 0o4755 })],
  ['ping', { ...file('ping'), xattrs: { 'security.capability': Buffer.from([1, 0, 0, 2, 255, 0]), 'user.a': 'ä=' } }],
  ['root/.npmrc', file('//registry/:_authToken=x')],
];

describe.each(['build', 'buildkit'] as const)('an eStargz layer as %s writes it', (like) => {
  test('is indexed from its table, in two requests', async () => {
    const layer = written(tree, { like, chunkSize: 30_000 });
    const found = await indexed(layer.blob);
    expectSameLayer(found, await scanWhole(layer.bytes, 'gzip'));
    const footer = layer.bytes.length - 51;
    expect(layer.blob.reads).toEqual([
      [footer, 51],
      [layer.tocOffset, footer - layer.tocOffset],
    ]);
  });

  test('has what the tar has, whatever is in it and however it is cut', async () => {
    const name = fc.stringMatching(/^[a-zé]{1,40}$/);
    const attributes = fc.record({
      mode: fc.nat(0o7777),
      uid: fc.nat(2_000_000),
      gid: fc.nat(2_000_000),
      mtime: fc.integer({ min: 0, max: 4_000_000_000 }),
    });
    const content = fc.oneof(fc.uint8Array({ maxLength: 3000 }), fc.uint8Array({ minLength: 5000, maxLength: 20_000 }));
    const item: fc.Arbitrary<TocItem> = fc.oneof(
      fc.tuple(content, attributes).map(([bytes, more]) => ({ ...file(Buffer.from(bytes)), ...more })),
      fc
        .tuple(fc.dictionary(fc.stringMatching(/^user\.[a-z]{1,9}$/), fc.string({ maxLength: 50 })), attributes)
        .map(([xattrs, more]) => ({ ...dir(), ...more, xattrs })),
      fc.string({ minLength: 1, maxLength: 150, unit: 'grapheme-ascii' }).map(symlink),
      name.map(hardLink),
    );
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(path, item), { maxLength: 15 }),
        fc.integer({ min: 1, max: 8000 }),
        fc.oneof(fc.constant(0), fc.nat(10_000)),
        async (items, chunkSize, minChunkSize) => {
          const layer = written(items, { like, chunkSize: Math.max(chunkSize, 100), minChunkSize });
          const found = await indexed(layer.blob);
          const whole = await scanWhole(layer.bytes, 'gzip');
          expectSameLayer(found, whole);
          const first = like === 'build' ? 1 : 0;
          const rows = items.flatMap(([, { type = '0' }], at) => (type === '0' ? [at + first] : []));
          const expected = rows.map((row) => Buffer.from(items[row - first]?.[1].content ?? ''));
          const read = await contents(layer.blob, found, rows);
          expect(rows.map((row) => read.get(row))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('keeps what a scan keeps', async () => {
    const layer = written(tree, { like });
    const found = await indexed(layer.blob);
    const whole = await scanWhole(layer.bytes, 'gzip');
    if (found.chunks === null) throw new Error('no chunks');
    const kept = await fetchKept(layer.blob, { ...found, chunks: found.chunks }, 'layer');
    expect(kept).toEqual(whole.kept);
    expect([...kept.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual(['//registry/:_authToken=x']);
  });
});
