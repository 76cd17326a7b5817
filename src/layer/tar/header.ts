import type { ByteString } from '../../text/byte-string.ts';
import { readNumber } from './numeric.ts';

/** The fields of one 512-byte header block; numbers that could not be read are null. */
export interface HeaderBlock {
  readonly name: ByteString;
  readonly mode: number | null;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly size: number | null;
  readonly mtime: number | null;
  /** The type flag's byte. */
  readonly typeflag: number;
  readonly linkname: ByteString;
  readonly format: 'v7' | 'ustar' | 'gnu' | 'star';
  readonly devMajor: number | null;
  readonly devMinor: number | null;
}

/** Reads the fields of a header block whose checksum holds. */
export function readHeader(block: Buffer, at: number): HeaderBlock {
  const format = formatOf(block, at);
  const prefixLength = format === 'ustar' ? 155 : format === 'star' ? 131 : 0;
  const prefix = prefixLength === 0 ? '' : readString(block, at + 345, prefixLength);
  const name = readString(block, at, 100);
  const typeflag = block[at + 156] ?? 0;
  const device = (typeflag === 0x33 || typeflag === 0x34) && format !== 'v7';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: readNumber(block, at + 100, 8),
    uid: readNumber(block, at + 108, 8),
    gid: readNumber(block, at + 116, 8),
    size: readNumber(block, at + 124, 12),
    mtime: readNumber(block, at + 136, 12),
    typeflag,
    linkname: readString(block, at + 157, 100),
    format,
    devMajor: device ? readNumber(block, at + 329, 8) : 0,
    devMinor: device ? readNumber(block, at + 337, 8) : 0,
  };
}

function formatOf(block: Buffer, at: number): HeaderBlock['format'] {
  // "ustar\0" is POSIX (and, with "tar\0" in the last four bytes, star); "ustar " is GNU, whose prefix area holds times.
  if (!holds(block, at + 257, 'ustar')) return 'v7';
  if (block[at + 262] === 0x20) return 'gnu';
  return holds(block, at + 508, 'tar\0') ? 'star' : 'ustar';
}

/** Whether this text stands there; without making a string of what does. */
function holds(block: Buffer, at: number, text: ByteString): boolean {
  for (let i = 0; i < text.length; i++) if (block[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** A text field: bytes up to the first NUL. */
function readString(block: Buffer, start: number, length: number): ByteString {
  let end = start;
  while (end < start + length && block[end] !== 0) end++;
  if (end === start) return '';
  return block.toString('latin1', start, end);
}
