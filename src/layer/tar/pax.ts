import type { ByteString } from '../../text/byte-string.ts';

/** Keyword to value, both as bytes (POSIX pax, "pax Extended Header"). An empty value takes an earlier one back. */
export type PaxRecords = ReadonlyMap<ByteString, ByteString>;

/** GNU sparse 0.0 repeats these two keywords, in pairs; they are joined under one key, comma-separated. */
export const sparsePairs = 'GNU.sparse.pairs';

/**
 * Parses `LENGTH KEYWORD=VALUE\n` records.
 * @returns null if a record does not hold to that form
 */
export function parsePax(block: Buffer): PaxRecords | null {
  const records = new Map<ByteString, ByteString>();
  const pairs: ByteString[] = [];
  let at = 0;
  while (at < block.length) {
    // Some writers pad the last block with NULs and count them in.
    if (block[at] === 0) return finish(records, pairs);
    const space = block.indexOf(0x20, at);
    if (space <= at || space - at > 8) return null;
    const digits = block.toString('latin1', at, space);
    if (!/^[0-9]+$/.test(digits)) return null;
    const end = at + Number(digits);
    if (end > block.length || block[end - 1] !== 0x0a) return null;
    const equals = block.indexOf(0x3d, space + 1);
    if (equals === -1 || equals >= end - 1 || equals === space + 1) return null;
    const keyword = block.toString('latin1', space + 1, equals);
    const value = block.toString('latin1', equals + 1, end - 1);
    if (keyword === 'GNU.sparse.offset' || keyword === 'GNU.sparse.numbytes') pairs.push(value);
    else records.set(keyword, value);
    at = end;
  }
  return finish(records, pairs);
}

function finish(records: Map<ByteString, ByteString>, pairs: readonly ByteString[]): PaxRecords {
  if (pairs.length > 0) records.set(sparsePairs, pairs.join(','));
  return records;
}

/** A decimal integer, not negative; null for anything else. */
export function paxInteger(value: ByteString): number | null {
  if (!/^[0-9]{1,16}$/.test(value)) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** A time in seconds with an optional fraction; null for anything else. */
export function paxTime(value: ByteString): number | null {
  return /^-?[0-9]{1,15}(?:\.[0-9]*)?$/.test(value) ? Number(value) : null;
}
