import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeIndex, encodeIndex, formatVersion } from '../../src/index-cache/index-file.ts';
import { ContentDigests } from '../../src/layer/content-digests.ts';
import type { LayerIndex } from '../../src/layer/layer-index.ts';
import type { ScannedBlob } from '../../src/layer/scan-blob.ts';
import type { Oddity } from '../../src/warnings.ts';
import { scanOnDisk, scanPassing } from '../scan-layer.ts';
import { corpusTars, packedByTarStream } from '../layer/tar-samples.ts';
import { anyLayer, digestOf, expectSame, smallLayer } from './scanned.ts';

const blob = digestOf('a');

function written(scanned: ScannedBlob): Buffer<ArrayBuffer> {
  return aligned(Buffer.concat(encodeIndex(blob, scanned)));
}

/** In memory of its own, as bytes that were read from a file are. */
function aligned(bytes: Uint8Array): Buffer<ArrayBuffer> {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

/** What an index has that was tampered with: anything, under the right checksum. */
function resealed(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  new Uint32Array(bytes.buffer, 0, 4)[2] = crc32(bytes.subarray(12));
  return bytes;
}

describe('a layer that is written and read', () => {
  test('is the same for every tar of the corpus', async () => {
    let entries = 0;
    for (const { tar } of [...(await corpusTars()), await packedByTarStream()]) {
      for (const scanned of [scanPassing(tar), scanOnDisk(tar)]) {
        const whole = { ...scanned, compression: 'none', blobBytes: tar.length, hashes: null, chunks: null } as const;
        entries += whole.index.count;
        expectSame(decodeIndex(blob, written(whole)), whole);
      }
    }
    expect(entries).toBeGreaterThan(100);
  });

  test('is the same for layers of any shape', () => {
    fc.assert(fc.property(anyLayer, (scanned) => expectSame(decodeIndex(blob, written(scanned)), scanned)));
  });

  test('has memory of its own for every column, which can be sent on', () => {
    const { index } = decodeIndex(blob, written(smallLayer())) ?? expect.fail();
    expect(index.dir.buffer.byteLength).toBe(index.count * 4);
    expect(index.size.buffer.byteLength).toBe(index.count * 8);
  });

  test('takes further digests, where it had some and where it had none', () => {
    for (const digests of [smallLayer().digests, new ContentDigests(0)]) {
      const read = decodeIndex(blob, written({ ...smallLayer(), digests })) ?? expect.fail();
      read.digests.set(2, new Uint8Array(32).fill(0xee));
      expect(read.digests.get(2)).toBe(digestOf('e'));
      expect(read.digests.get(1)).toBe(digests.get(1));
    }
  });
});

test('files of this version look like this: whoever changes that gives the format a new version', () => {
  expect(createHash('sha256').update(written(smallLayer())).digest('hex')).toBe(
    '24a5db28558fb36b0bf68dd6c660562f92c4df3a2d6375896677a84bbaf86a84',
  );
  expect(formatVersion).toBe(1);
});

describe('a damaged file is no index', () => {
  const good = written(smallLayer());

  test('with any byte changed, to whatever', () => {
    for (let at = 0; at < good.length; at++)
      for (const flip of [0x01, 0x80, 0xff]) {
        const bad = aligned(good);
        bad[at] = (bad[at] ?? 0) ^ flip;
        expect(decodeIndex(blob, bad), `byte ${at} ^ ${flip}`).toBeNull();
      }
  });

  test('cut anywhere, or with something behind it', () => {
    for (let length = 0; length < good.length; length++)
      expect(decodeIndex(blob, aligned(good.subarray(0, length))), `${length} bytes`).toBeNull();
    expect(decodeIndex(blob, aligned(Buffer.concat([good, Buffer.alloc(8)])))).toBeNull();
    expect(decodeIndex(blob, resealed(aligned(Buffer.concat([good, Buffer.alloc(8)]))))).toBeNull();
  });

  test('under the name of another blob', () => {
    expect(decodeIndex(digestOf('b'), aligned(good))).toBeNull();
  });

  test('of another version, or of a machine with another byte order', () => {
    const newer = aligned(good);
    new Uint32Array(newer.buffer, 0, 4)[1] = 2;
    expect(decodeIndex(blob, resealed(newer))).toBeNull();
    expect(decodeIndex(blob, resealed(aligned(good).swap32()))).toBeNull();
  });
});

describe('a file that was tampered with', () => {
  test('in any byte, with the right checksum, gives an index that is safe to use or none', () => {
    const good = written(smallLayer());
    let given = 0;
    for (let at = 12; at < good.length; at++)
      for (const value of [0, 1, 0x30, 0x39, 0x7f, 0xff]) {
        const bad = aligned(good);
        bad[at] = value;
        const read = decodeIndex(blob, resealed(bad));
        if (read === null) continue;
        given++;
        expectSafe(read);
      }
    // Otherwise nothing would have been asked of any: a mode or a time may be any number.
    expect(given).toBeGreaterThan(100);
  });

  const lengths = [-1, 0.5, 4, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 60, 1e300];
  test.each(lengths)('so that an array says to have %d elements is none, and costs no memory', (length) => {
    for (let array = 0; array < 25; array++)
      for (const width of [0, 1, 2, 4, 8, 3, -1]) {
        const bad = withHeader((header) => (header['arrays'] as number[][]).splice(array, 1, [width, length]));
        const before = process.memoryUsage().arrayBuffers;
        const read = decodeIndex(blob, bad);
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
        if (read !== null) expectSafe(read);
        // A length of 4 elements may be that of the array.
        if (length !== 4) expect(read).toBeNull();
      }
  });

  test.each<[string, (index: LayerIndex) => Partial<LayerIndex>]>([
    ['a type that is none', () => ({ type: Uint8Array.of(1, 0, 7) })],
    ['a name beyond the table', ({ strings }) => ({ name: Uint32Array.of(1, 2, strings.starts.length - 1) })],
    ['a link beyond the table', () => ({ link: Uint32Array.of(0, 0, 2 ** 32 - 1) })],
    ['attributes beyond the table', () => ({ xattrs: Uint32Array.of(0, 0, 99) })],
    ['a directory beyond the table', () => ({ dir: Uint32Array.of(0, 0, 99) })],
    ['a size below zero', () => ({ size: Float64Array.of(0, 5, -1) })],
    ['a size that is no number', () => ({ size: Float64Array.of(0, 5, Number.NaN) })],
    ['a size that no file has', () => ({ size: Float64Array.of(0, 5, 2 ** 60) })],
    ['an offset between two bytes', () => ({ offset: Float64Array.of(0, 5, 0.5) })],
    ['a time without end', () => ({ mtime: Float64Array.of(0, 5, Infinity) })],
    ['an owner that is no number', () => ({ uid: Float64Array.of(0, 5, Number.NaN) })],
    ['a column that is too short', () => ({ mode: Uint16Array.of(1, 2) })],
    ['a file that is the root', () => ({ name: Uint32Array.of(0, 2, 3), type: Uint8Array.of(0, 0, 0) })],
    ['a nameless file', () => ({ name: Uint32Array.of(1, 0, 3) })],
    ['strings that go back', ({ strings }) => ({ strings: { ...strings, starts: Uint32Array.of(0, 0, 9, 3, 14) } })],
    ['strings beyond their bytes', ({ strings }) => ({ strings: { ...strings, bytes: new Uint8Array(5) } })],
    ['no strings', () => ({ strings: { bytes: new Uint8Array(0), starts: new Uint32Array(0) } })],
    ['a sparse row beyond the last', () => ({ sparse: new Map([[3, { map: { kind: 'inline' }, storedSize: 5 }]]) })],
    ['half a piece', () => ({ sparse: new Map([[2, { map: { kind: 'map', pieces: [0, 3, 9] }, storedSize: 5 }]]) })],
    [
      'a piece below zero',
      () => ({ sparse: new Map([[2, { map: { kind: 'map', pieces: [-512, 3] }, storedSize: 5 }]]) }),
    ],
    ['fewer stored bytes than none', () => ({ sparse: new Map([[2, { map: { kind: 'inline' }, storedSize: -5 }]]) })],
    ['a warning that there is not', () => ({ oddities: [{ code: 'toString', count: 1, example: 'x' } as never] })],
  ])('to have %s is none', (_, change) => {
    const scanned = smallLayer();
    const bad = { ...scanned, index: { ...scanned.index, ...change(scanned.index) } };
    expect(decodeIndex(blob, written(bad))).toBeNull();
  });

  test.each(['..', '.', 'a/b', '/', 'a/../b', '/a', 'a/', 'a//b'])('to have the name %s is none', (name) => {
    const scanned = smallLayer();
    const bytes = Uint8Array.from(Buffer.from(`etc${name}disk`));
    const starts = Uint32Array.of(0, 0, 3, 3 + name.length, bytes.length);
    const bad = { ...scanned, index: { ...scanned.index, strings: { bytes, starts } } };
    expect(decodeIndex(blob, written(bad))).toBeNull();
  });

  test('to have a directory that climbs is none', () => {
    const scanned = smallLayer();
    const bytes = Uint8Array.from(Buffer.from('etc.npmrcdisk../..'));
    const strings = { bytes, starts: Uint32Array.of(0, 0, 3, 9, 13, 18) };
    const climbing = { ...scanned, index: { ...scanned.index, strings, dir: Uint32Array.of(0, 1, 4) } };
    expect(decodeIndex(blob, written(climbing))).toBeNull();
    const index = { ...climbing.index, dir: Uint32Array.of(0, 1, 1) };
    expect(decodeIndex(blob, written({ ...climbing, index }))?.index.count).toBe(3);
  });

  test.each<[string, Partial<ScannedBlob>]>([
    ['content of a row beyond the last', { kept: new Map([[3, new Uint8Array(2)]]) }],
    ['digests for more rows than there are', { chunks: { ...chunks(), digests: new Uint8Array(64) } }],
    ['chunks of other rows', { chunks: { ...chunks(), starts: Uint32Array.of(0, 0, 1) } }],
    ['chunks that go back', { chunks: { ...chunks(), starts: Uint32Array.of(0, 1, 0, 1) } }],
    ['a chunk that ends before it starts', { chunks: { ...chunks(), end: Float64Array.of(9) } }],
    ['a chunk beyond the blob', { chunks: { ...chunks(), end: Float64Array.of(322) } }],
    ['a chunk of less than no bytes', { chunks: { ...chunks(), size: Float64Array.of(-1) } }],
    ['less than no bytes', { blobBytes: -1 }],
    ['a compression that is none', { compression: 'xz' as never }],
  ])('to have %s is none', (_, change) => {
    expect(decodeIndex(blob, written({ ...smallLayer(), chunks: chunks() }))).not.toBeNull();
    expect(decodeIndex(blob, written({ ...smallLayer(), ...change }))).toBeNull();
  });

  test('to print escape sequences prints them as text', () => {
    const oddities: Oddity[] = [{ code: 'unsafe-path', count: 1, example: '\u001b]0;x\u0007' }];
    const scanned = smallLayer();
    const read = decodeIndex(blob, written({ ...scanned, index: { ...scanned.index, oddities } }));
    expect(read?.index.oddities).toEqual([{ code: 'unsafe-path', count: 1, example: '\\e]0;x\\x07' }]);
  });

  function chunks() {
    return {
      starts: Uint32Array.of(0, 0, 1, 1),
      offset: Float64Array.of(10),
      end: Float64Array.of(321),
      skip: Float64Array.of(0),
      position: Float64Array.of(0),
      size: Float64Array.of(5),
      digests: new Uint8Array(32),
    };
  }

  function withHeader(change: (header: Record<string, unknown>) => void): Buffer<ArrayBuffer> {
    const good = written(smallLayer());
    const length = new Uint32Array(good.buffer, 0, 4)[3] ?? 0;
    const header = JSON.parse(good.toString('utf8', 16, 16 + length)) as Record<string, unknown>;
    change(header);
    const text = JSON.stringify(header);
    const padded = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
    const bytes = aligned(Buffer.concat([good.subarray(0, 16), padded, good.subarray(16 + length)]));
    new Uint32Array(bytes.buffer, 0, 4)[3] = padded.length;
    return resealed(bytes);
  }
});

/** Fails if code that indexes with what is there would find nothing. */
function expectSafe({ index, digests, kept, chunks }: ScannedBlob): void {
  const { count, strings } = index;
  const known = strings.starts.length - 1;
  for (let row = 0; row < count; row++) {
    for (const column of ['dir', 'name', 'link', 'xattrs'] as const) expect(index[column][row]).toBeLessThan(known);
    expect(index.type[row]).toBeLessThan(7);
    expect(Number.isSafeInteger(index.size[row]) && (index.size[row] ?? -1) >= 0).toBe(true);
    expect(() => digests.get(row)).not.toThrow();
  }
  for (let id = 0; id < known; id++) expect(strings.starts[id]).toBeLessThanOrEqual(strings.starts[id + 1] ?? -1);
  expect(strings.starts.at(-1)).toBe(strings.bytes.length);
  for (const row of [...index.sparse.keys(), ...kept.keys()]) expect(row).toBeLessThan(count);
  expect(chunks).toBeNull();
}
