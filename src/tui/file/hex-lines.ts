import { type Line, type Role, type Span, span } from '../line.ts';
import type { FileContent } from './content.ts';
import { type Matches, roleIn } from './matches.ts';
import { joinSpans, type RoleOf } from './row.ts';

/** How bytes are shown: columns there are, and what was found. */
export interface HexView {
  readonly width: number;
  readonly matches: Matches | null;
}

const offsetDigits = 8;

/** Bytes in a line: as many as fit in two groups, of eight or four. */
export function bytesPerLine(width: number): 8 | 16 {
  return width >= fullWidth(16) ? 16 : 8;
}

/** Offset, gap, three columns a byte with another between the groups, gap, one column a byte. */
function fullWidth(bytes: number): number {
  return offsetDigits + 2 + bytes * 3 + 2 + bytes;
}

export function hexLineCount({ bytes }: FileContent, width: number): number {
  return Math.ceil(bytes.length / bytesPerLine(width));
}

/** The line that an offset is in. */
export function hexLineOf(position: number, width: number): number {
  return Math.floor(position / bytesPerLine(width));
}

/** `00000010  7f 45 4c 46 02 01 01 00  00 ...  .ELF....`. @param n from 0; a line that is not there is empty */
export function hexLine({ bytes }: FileContent, n: number, { width, matches }: HexView): Line {
  const count = bytesPerLine(width);
  const start = n * count;
  const shown = bytes.subarray(start, start + count);
  if (shown.length === 0) return [];
  const roleOf = roleIn(matches);
  const spans = [
    span(`${start.toString(16).padStart(offsetDigits, '0')} `, 'faint'),
    ...hexColumn(shown, start, count, roleOf),
    span(' '.repeat((count - shown.length) * 3 + (shown.length <= count / 2 ? 1 : 0) + 2)),
    ...Array.from(shown, (byte, at) => span(character(byte), role(byte, start + at, roleOf))),
  ];
  return cutLine(joinSpans(spans), width);
}

/** The lines from `top` on that fit into `height` rows. */
export function hexLines(content: FileContent, top: number, height: number, view: HexView): Line[] {
  const count = Math.max(0, Math.min(height, hexLineCount(content, view.width) - top));
  return Array.from({ length: count }, (_, row) => hexLine(content, top + row, view));
}

function hexColumn(shown: Uint8Array, start: number, count: number, roleOf: RoleOf): Span[] {
  let last: Role = 'plain';
  return Array.from(shown).flatMap((byte, at) => {
    const own = role(byte, start + at, roleOf);
    // A gap within a match belongs to it, so that it reads as one.
    const gap = own === last ? own : 'plain';
    last = own;
    return [span(at === count / 2 ? '  ' : ' ', gap), span(byte.toString(16).padStart(2, '0'), own)];
  });
}

/** What is no character steps back, so that texts among bytes stand out. */
function role(byte: number, at: number, roleOf: RoleOf): Role {
  const found = roleOf(at, at + 1);
  return found === 'plain' && !isPrintable(byte) ? 'faint' : found;
}

function character(byte: number): string {
  return isPrintable(byte) ? String.fromCharCode(byte) : '.';
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

/** All characters here are one column wide. */
function cutLine(line: Line, width: number): Line {
  let left = width;
  const cut: Span[] = [];
  for (const { text, role } of line) {
    if (left <= 0) break;
    cut.push(span(text.slice(0, left), role));
    left -= text.length;
  }
  return cut;
}
