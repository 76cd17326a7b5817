import type { ChunkTable } from '../layer/chunk-table.ts';
import { EntryType, entryTypes } from '../layer/entry-type.ts';
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
 * Whether every entry has a type that there is and a path as `cleanPath` leaves it. Extraction relies on that: a name such
 * as `..` leads out of where files are to be written.
 */
function arePathsClean({ type, dir, name }: LayerColumns, strings: StringTable): boolean {
  const forms = formsOf(strings);
  for (let row = 0; row < type.length; row++) {
    const dirForm = forms[dir[row] ?? 0] ?? Form.other;
    if ((type[row] ?? 0) >= entryTypes.length || dirForm === Form.other) return false;
    const nameForm = forms[name[row] ?? 0];
    if (nameForm === Form.part) continue;
    // The root itself, which is a directory if it is an entry at all.
    if (nameForm !== Form.empty || dirForm !== Form.empty || type[row] !== EntryType.dir) return false;
  }
  return true;
}

/** What a string is good for in a path: nothing, as one part of it, or as several. */
const Form = { other: 0, empty: 1, part: 2, path: 3 } as const;

/** The form of each string. One loop over all bytes, for these are many. */
function formsOf({ bytes, starts }: StringTable): Uint8Array {
  const forms = new Uint8Array(starts.length - 1);
  for (let id = 0, at = 0; id < forms.length; id++) {
    const end = starts[id + 1] ?? 0;
    let form: number = at === end ? Form.empty : Form.part;
    for (let partStart = at; at < end; at++) {
      const isSlash = bytes[at] === slash;
      if (!isSlash && at + 1 < end) continue;
      const partEnd = isSlash ? at : end;
      const dots = partEnd - partStart <= 2 && bytes[partStart] === dot && bytes[partEnd - 1] === dot;
      if (partEnd === partStart || dots || (isSlash && at + 1 === end)) form = Form.other;
      else if (isSlash && form === Form.part) form = Form.path;
      partStart = at + 1;
    }
    forms[id] = form;
  }
  return forms;
}

const digestBytes = 32;
const slash = 0x2f;
const dot = 0x2e;
