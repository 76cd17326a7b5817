import { ContentDigests } from '../layer/content-digests.ts';
import type { ChunkTable } from '../layer/chunk-table.ts';
import type { KeptContent } from '../layer/kept-content.ts';
import { allocateColumns, columnNames, type LayerColumns } from '../layer/layer-columns.ts';
import type { LayerIndex } from '../layer/layer-index.ts';
import type { StringTable } from '../layer/string-table.ts';
import type { SparseMap } from '../layer/tar/sparse.ts';
import { areBelow, areFinite, areSizes } from './number-rules.ts';
import { type ArrayPacker, type ArrayUnpacker, DamagedArray, type NumberArray } from './packed-arrays.ts';

const digestBytes = 32;

/** The kinds of array there are besides the columns. */
const bytes = new Uint8Array(0);
const ints = new Uint32Array(0);
const doubles = new Float64Array(0);

export function packColumns(into: ArrayPacker, columns: LayerColumns): void {
  for (const name of columnNames) into.add(columns[name]);
}

/** @param strings how many there are */
export function unpackColumns(from: ArrayUnpacker, strings: number): LayerColumns {
  const kinds = allocateColumns(0);
  const columns = columnNames.map((name) => [name, from.take(kinds[name], ruleOf(name, strings))] as const);
  return Object.fromEntries(columns) as unknown as LayerColumns;
}

/** What others take for granted of the elements of a column. */
function ruleOf(name: keyof LayerColumns, strings: number): (stored: NumberArray) => boolean {
  switch (name) {
    case 'link':
    case 'xattrs':
      return (stored) => areBelow(stored, strings);
    case 'size':
    case 'offset':
      return areSizes;
    case 'uid':
    case 'gid':
    case 'mtime':
      return areFinite;
    case 'type':
    case 'dir':
    case 'name':
      return () => true; // sound-index.ts looks at them together
    case 'mode':
    case 'devMajor':
    case 'devMinor':
    case 'head':
      return () => true;
  }
}

export function packStrings(into: ArrayPacker, strings: StringTable): void {
  into.add(strings.bytes);
  into.add(strings.starts);
}

export function unpackStrings(from: ArrayUnpacker): StringTable {
  return { bytes: from.take(bytes), starts: from.take(ints) };
}

/** Rows of files, the bytes stored of each, how many numbers its map has (and one), and all those numbers. */
export function packSparse(into: ArrayPacker, sparse: LayerIndex['sparse']): void {
  const files = [...sparse.values()];
  into.add(Uint32Array.from(sparse.keys()));
  into.add(Float64Array.from(files, ({ storedSize }) => storedSize));
  into.add(Uint32Array.from(files, ({ map }) => (map.kind === 'inline' ? 0 : map.pieces.length + 1)));
  const numbers = new Float64Array(files.reduce((sum, { map }) => sum + piecesOf(map).length, 0));
  let at = 0;
  for (const { map } of files) {
    numbers.set(piecesOf(map), at);
    at += piecesOf(map).length;
  }
  into.add(numbers);
}

function piecesOf(map: SparseMap): readonly number[] {
  return map.kind === 'map' ? map.pieces : [];
}

export function unpackSparse(from: ArrayUnpacker): LayerIndex['sparse'] {
  const rows = from.take(ints);
  const storedSizes = from.take(doubles, areSizes);
  const lengths = from.take(ints);
  const numbers = from.take(doubles, areSizes);
  const sparse = new Map<number, { readonly map: SparseMap; readonly storedSize: number }>();
  let at = 0;
  rows.forEach((row, place) => {
    const length = (lengths[place] ?? 0) - 1;
    const map: SparseMap =
      length < 0 ? { kind: 'inline' } : { kind: 'map', pieces: Array.from(numbers.subarray(at, at + length)) };
    at += Math.max(length, 0);
    sparse.set(row, { map, storedSize: storedSizes[place] ?? 0 });
  });
  if (at !== numbers.length) throw new DamagedArray();
  return sparse;
}

/**
 * Whether each row has a digest, and the digests of all rows if any has: without the gaps the file would be a twentieth
 * smaller, and would take twice as long to load.
 */
export function packDigests(into: ArrayPacker, digests: ContentDigests, count: number): void {
  const { rows, known } = digests.toData();
  const flags = new Uint8Array(count);
  flags.set(known.subarray(0, count));
  const all = new Uint8Array(flags.includes(1) ? count * digestBytes : 0);
  all.set(rows.subarray(0, all.length));
  into.add(flags);
  into.add(all);
}

export function unpackDigests(from: ArrayUnpacker): ContentDigests {
  const known = from.take(bytes);
  const rows = from.take(bytes);
  return rows.length === 0 ? new ContentDigests(0) : ContentDigests.fromData({ rows, known });
}

/** Rows of files, the length of each, and all their bytes. */
export function packKept(into: ArrayPacker, kept: KeptContent): void {
  const files = [...kept.values()];
  into.add(Uint32Array.from(kept.keys()));
  into.add(Uint32Array.from(files, (file) => file.length));
  into.add(new Uint8Array(Buffer.concat(files)));
}

export function unpackKept(from: ArrayUnpacker): KeptContent {
  const rows = from.take(ints);
  const lengths = from.take(ints);
  const content = from.take(bytes);
  const kept = new Map<number, Uint8Array>();
  let at = 0;
  rows.forEach((row, place) => {
    const end = at + (lengths[place] ?? 0);
    kept.set(row, content.slice(at, end));
    at = end;
  });
  if (at !== content.length) throw new DamagedArray();
  return kept;
}

export function packChunks(into: ArrayPacker, chunks: ChunkTable): void {
  for (const column of [chunks.starts, chunks.offset, chunks.end, chunks.skip, chunks.position, chunks.size])
    into.add(column);
  into.add(chunks.digests);
}

export function unpackChunks(from: ArrayUnpacker): ChunkTable {
  return {
    starts: from.take(ints),
    offset: from.take(doubles, areSizes),
    end: from.take(doubles, areSizes),
    skip: from.take(doubles, areSizes),
    position: from.take(doubles, areSizes),
    size: from.take(doubles, areSizes),
    digests: from.take(bytes),
  };
}
