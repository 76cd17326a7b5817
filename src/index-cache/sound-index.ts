import type { ChunkTable } from '../layer/chunk-table.ts';
import { EntryType, entryTypes } from '../layer/entry-type.ts';
import type { LayerColumns } from '../layer/layer-columns.ts';
import type { ScannedBlob } from '../layer/scan-blob.ts';
import type { StringTable } from '../layer/string-table.ts';

/**
 * Whether a layer that comes from a file has all that others take for granted of one that was scanned: rows and string
 * numbers that exist, paths that are clean, numbers that are what they should be. What it lists may still be wrong.
 */
export function isSound({ index, digests, kept, blobBytes, chunks }: ScannedBlob): boolean {
  const { count, strings, sparse, tarBytes } = index;
  if (!areSoundStrings(strings) || !areSoundColumns(index, count, strings)) return false;
  if (!isSize(blobBytes) || !(tarBytes === null || isSize(tarBytes))) return false;
  const { rows, known } = digests.toData();
  if (rows.length !== known.length * digestBytes || known.length > count) return false;
  for (const row of kept.keys()) if (row >= count) return false;
  for (const [row, { map, storedSize }] of sparse) {
    if (row >= count || !isSize(storedSize)) return false;
    if (map.kind === 'map' && !(map.pieces.length % 2 === 0 && map.pieces.every(isSize))) return false;
  }
  return chunks === null || isSoundTable(chunks, count, blobBytes);
}

function areSoundColumns(columns: LayerColumns, count: number, strings: StringTable): boolean {
  for (const column of [columns.type, columns.mode, columns.devMajor, columns.devMinor, columns.head])
    if (column.length !== count) return false;
  for (const column of [columns.dir, columns.name, columns.link, columns.xattrs])
    if (!(column.length === count && isBelow(column, strings.starts.length - 1))) return false;
  for (const column of [columns.size, columns.offset]) if (!(column.length === count && areSizes(column))) return false;
  for (const column of [columns.uid, columns.gid, columns.mtime])
    if (!(column.length === count && areFinite(column))) return false;
  return isBelow(columns.type, entryTypes.length) && arePathsClean(columns, strings);
}

/** Strings follow each other without gaps, and number 0 is empty. */
function areSoundStrings({ bytes, starts }: StringTable): boolean {
  return starts.length >= 2 && starts[1] === 0 && areStarts(starts, bytes.length);
}

function isSoundTable(chunks: ChunkTable, count: number, blobBytes: number): boolean {
  const { starts, offset, end, skip, position, size, digests } = chunks;
  const rows = offset.length;
  if (starts.length !== count + 1 || !areStarts(starts, rows) || digests.length !== rows * digestBytes) return false;
  for (const column of [offset, end, skip, position, size])
    if (!(column.length === rows && areSizes(column))) return false;
  return end.every((at, row) => at <= blobBytes && at >= (offset[row] ?? 0));
}

/** From 0 to a total, never down. */
function areStarts(starts: Uint32Array, total: number): boolean {
  for (let at = 1; at < starts.length; at++) if ((starts[at] ?? 0) < (starts[at - 1] ?? 0)) return false;
  return starts[0] === 0 && starts.at(-1) === total;
}

/**
 * Whether every path is as `cleanPath` leaves it. Extraction relies on that: a name such as `..` leads out of where
 * files are to be written.
 */
function arePathsClean({ type, dir, name }: LayerColumns, strings: StringTable): boolean {
  const forms = formsOf(strings);
  for (let row = 0; row < type.length; row++) {
    const form = forms[name[row] ?? 0];
    if (form === Form.part && forms[dir[row] ?? 0] !== Form.other) continue;
    // The root itself, which is a directory if it is an entry at all.
    if (form !== Form.empty || dir[row] !== 0 || type[row] !== EntryType.dir) return false;
  }
  return true;
}

/** What a string is good for in a path. */
const Form = { other: 0, empty: 1, part: 2, path: 3 } as const;

function formsOf({ bytes, starts }: StringTable): Uint8Array {
  const forms = new Uint8Array(starts.length - 1);
  for (let id = 0; id < forms.length; id++) forms[id] = formOf(bytes, starts[id] ?? 0, starts[id + 1] ?? 0);
  return forms;
}

function formOf(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return Form.empty;
  let form: number = Form.part;
  let partStart = start;
  for (let at = start; at <= end; at++) {
    if (at < end && bytes[at] !== slash) continue;
    const length = at - partStart;
    if (length === 0 || (length <= 2 && bytes[partStart] === dot && bytes[at - 1] === dot)) return Form.other;
    if (at < end) form = Form.path;
    partStart = at + 1;
  }
  return form;
}

const digestBytes = 32;
const slash = 0x2f;
const dot = 0x2e;

function isBelow(column: Uint8Array | Uint32Array, limit: number): boolean {
  for (let row = 0; row < column.length; row++) if ((column[row] ?? 0) >= limit) return false;
  return true;
}

/** Plain loops: `every` takes five times as long, and this is most of what loading an index takes. */
function areSizes(column: Float64Array): boolean {
  for (let row = 0; row < column.length; row++) if (!isSize(column[row] ?? 0)) return false;
  return true;
}

function areFinite(column: Float64Array): boolean {
  for (let row = 0; row < column.length; row++) if (!Number.isFinite(column[row])) return false;
  return true;
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
