import { cellsOf, type LineCell } from './cells.ts';

/** Bytes of text with their lines found. Everything else is looked at only where it is shown. */
export interface LineIndex {
  /** UTF-8 for the most part; what is not is shown as escapes. */
  readonly bytes: Uint8Array;
  /** Offset of each line's first byte. */
  readonly starts: Uint32Array;
  /** Offset behind each line's last byte, its line end not included. */
  readonly ends: Uint32Array;
  /** Known places in long lines, by line: a memory, so that a step to the right does not start over from the left. */
  readonly places: Map<number, Place[]>;
}

interface Place {
  readonly at: number;
  readonly column: number;
}

/** Bytes between the places remembered in one line. */
const placeDistance = 1024;

const [newline, carriageReturn] = [0x0a, 0x0d];

/** Finds the lines of a text. What follows the last newline is a line unless it is empty. */
export function indexLines(bytes: Uint8Array): LineIndex {
  let count = bytes.length > 0 && bytes.at(-1) !== newline ? 1 : 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count++;
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  for (let line = 0, start = 0; line < count; line++) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    starts[line] = start;
    ends[line] = end;
    start = end + 1;
  }
  return { bytes, starts, ends, places: new Map() };
}

/** The same lines without the carriage returns at their ends, and how many there were. */
export function withoutReturns(index: LineIndex): { index: LineIndex; returns: number } {
  const { bytes, starts } = index;
  let returns = 0;
  const ends = index.ends.map((end, line) => {
    if (end === bytes.length || end === starts[line] || bytes[end - 1] !== carriageReturn) return end;
    returns++;
    return end - 1;
  });
  return { index: { ...index, ends }, returns };
}

export function lineCount({ starts }: LineIndex): number {
  return starts.length;
}

/** The line that an offset is in, from 0. @param position from 0 up to the length of the text, which must have lines */
export function lineAt({ starts }: LineIndex, position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The cells of a line that reach beyond a column, and perhaps some before. None if there is no such line. */
export function cellsFromColumn(index: LineIndex, line: number, column: number): Generator<LineCell> {
  return cellsAfter(index, line, (place) => place.column <= column);
}

/** The column where an offset of a line is shown. */
export function columnAt(index: LineIndex, line: number, position: number): number {
  let column = 0;
  for (const cell of cellsAfter(index, line, (place) => place.at <= position)) {
    if (cell.at > position) break;
    ({ column } = cell);
  }
  return column;
}

function* cellsAfter(index: LineIndex, line: number, isBefore: (place: Place) => boolean): Generator<LineCell> {
  const start = index.starts[line] ?? 0;
  const known = index.places.get(line) ?? [];
  const from = known.findLast(isBefore) ?? { at: start, column: 0 };
  for (const cell of cellsOf(index.bytes, from.at, index.ends[line] ?? 0, from.column)) {
    if (cell.at - (known.at(-1)?.at ?? start) >= placeDistance) {
      known.push({ at: cell.at, column: cell.column });
      index.places.set(line, known);
    }
    yield cell;
  }
}
