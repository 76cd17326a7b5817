import type { ChunkTable } from '../layer/chunk-table.ts';
import { EntryType } from '../layer/entry-type.ts';
import { columnNames, type LayerColumns } from '../layer/layer-columns.ts';
import type { ScannedBlob } from '../layer/scan-blob.ts';
import type { StringTable } from '../layer/string-table.ts';

/**
 * Whether a layer that comes from a file has all that others take for granted of one that was scanned: columns of one
 * length, rows and strings that exist, paths that are clean. (That its numbers are what they should be is seen while they
 * are unpacked.) What it lists may still be wrong.
 */
export function isSound({ index, digests, kept, blobBytes, chunks }: ScannedBlob): boolean {
  const { count, strings, sparse } = index;
  if (columnNames.some((name) => index[name].length !== count)) return false;
  if (!areSoundStrings(strings) || !arePathsClean(index, strings)) return false;
  const { rows, known } = digests.toData();
  if (rows.length !== known.length * digestBytes || known.length > count) return false;
  for (const row of kept.keys()) if (row >= count) return false;
  for (const [row, { map }] of sparse)
    if (row >= count || (map.kind === 'map' && map.pieces.length % 2 !== 0)) return false;
  return chunks === null || isSoundTable(chunks, count, blobBytes);
}

/** Strings follow each other without gaps, and number 0 is empty. */
function areSoundStrings({ bytes, starts }: StringTable): boolean {
  return starts.length >= 2 && starts[1] === 0 && areStarts(starts, bytes.length);
}

function isSoundTable(chunks: ChunkTable, count: number, blobBytes: number): boolean {
  const { starts, offset, end, skip, position, size, digests } = chunks;
  const rows = offset.length;
  if ([end, skip, position, size].some((column) => column.length !== rows)) return false;
  if (starts.length !== count + 1 || !areStarts(starts, rows) || digests.length !== rows * digestBytes) return false;
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
