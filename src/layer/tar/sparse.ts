import { type ByteString } from '../../text/byte-string.ts';
import { readNumber } from './numeric.ts';
import { type PaxRecords, paxInteger, sparsePairs } from './pax.ts';

/**
 * Where the stored bytes of a sparse file belong: offset and length of each piece in the logical file, flat. `inline`:
 * the map stands at the start of the content (GNU sparse 1.0).
 */
export type SparseMap = { readonly kind: 'map'; readonly pieces: readonly number[] } | { readonly kind: 'inline' };

/** Memory is given only for maps of a size that occurs; a larger one is refused. */
export const sparsePieceLimit = 1_000_000;

/** Reads up to `count` 24-byte offset and length pairs of the old GNU format. @returns null on garbage */
export function readOldGnuPieces(block: Uint8Array, start: number, count: number): number[] | null {
  const pieces: number[] = [];
  for (let pair = 0; pair < count; pair++) {
    const at = start + pair * 24;
    // An unused slot is all NUL.
    if (block[at] === 0) break;
    const offset = readNumber(block, at, 12);
    const length = readNumber(block, at + 12, 12);
    if (offset === null || length === null || offset < 0 || length < 0) return null;
    pieces.push(offset, length);
  }
  return pieces;
}

/** The sparse map and logical size that PAX records tell (GNU tar manual, "PAX Format, Versions 0.0, 0.1, 1.0"). */
export function paxSparse(records: PaxRecords): { map: SparseMap; size: number } | 'none' | 'invalid' {
  if (records.get('GNU.sparse.major') === '1') {
    const size = paxInteger(records.get('GNU.sparse.realsize') ?? '');
    return size === null ? 'invalid' : { map: { kind: 'inline' }, size };
  }
  const list = records.get('GNU.sparse.map') ?? records.get(sparsePairs);
  if (list === undefined) return 'none';
  const size = paxInteger(records.get('GNU.sparse.size') ?? records.get('GNU.sparse.realsize') ?? '');
  const pieces = parsePieces(list, ',');
  return size === null || pieces === null ? 'invalid' : { map: { kind: 'map', pieces }, size };
}

function parsePieces(list: ByteString, separator: string): number[] | null {
  const numbers = list === '' ? [] : list.split(separator).map(paxInteger);
  if (numbers.length % 2 !== 0 || numbers.length > sparsePieceLimit * 2) return null;
  return numbers.every((number) => number !== null) ? numbers : null;
}

/**
 * The inline map of GNU sparse 1.0: the number of pieces, then offset and length of each, one decimal a line, padded
 * with NULs to whole blocks.
 * @param start the first bytes of the stored content
 * @returns the pieces and how many stored bytes the map takes; null if invalid; 'more' if `start` is too short
 */
export function readInlineMap(start: Buffer): { pieces: number[]; bytes: number } | 'more' | null {
  const pieces: number[] = [];
  let at = 0;
  let wanted: number | null = null;
  while (wanted === null || pieces.length < wanted) {
    const newline = start.indexOf(0x0a, at);
    if (newline === -1) return start.length - at > 20 ? null : 'more';
    const number = paxInteger(start.toString('latin1', at, newline));
    if (number === null) return null;
    at = newline + 1;
    if (wanted !== null) pieces.push(number);
    else if (number > sparsePieceLimit) return null;
    else wanted = number * 2;
  }
  return { pieces, bytes: Math.ceil(at / 512) * 512 };
}
