import type { ByteString } from '../../text/byte-string.ts';
import { readNumber } from './numeric.ts';

export const blockSize = 512;

/** Content is padded to whole blocks. */
export function padded(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}

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

export function isZeroBlock(block: Uint8Array, at: number): boolean {
  // A header that is not all zero has a name or a checksum; look there first.
  if (block[at] !== 0 || block[at + 148] !== 0) return false;
  for (let i = at; i < at + blockSize; i++) if (block[i] !== 0) return false;
  return true;
}

/**
 * Whether the block's checksum holds: the sum of its bytes with the checksum field read as spaces. Old writers summed
 * signed bytes; both are accepted, as every tar does.
 */
export function checksumHolds(block: Buffer, at: number): boolean {
  const stored = readNumber(block, at + 148, 8);
  if (stored === null) return false;
  const sum = sumBytes(block, at) - sumField(block, at) + 8 * 0x20;
  return sum === stored || sum - 256 * countHighBytes(block, at) === stored;
}

/** The sum of all 512 bytes, two at a time in the halves of a word: no half can exceed 256 * 255. */
function sumBytes(block: Buffer, at: number): number {
  const start = block.byteOffset + at;
  let sum = 0;
  if (start % 4 !== 0) {
    for (let i = at; i < at + blockSize; i++) sum += block[i] ?? 0;
    return sum;
  }
  const words = new Uint32Array(block.buffer, start, blockSize / 4);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    sum += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff);
  }
  return (sum & 0xffff) + Math.floor(sum / 0x10000);
}

function sumField(block: Buffer, at: number): number {
  let sum = 0;
  for (let i = at + 148; i < at + 156; i++) sum += block[i] ?? 0;
  return sum;
}

function countHighBytes(block: Uint8Array, at: number): number {
  let high = 0;
  for (let i = at; i < at + blockSize; i++) if ((i < at + 148 || i >= at + 156) && (block[i] ?? 0) > 127) high++;
  return high;
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
  if (block[at + 257] !== 0x75 || block.toString('latin1', at + 257, at + 262) !== 'ustar') return 'v7';
  if (block[at + 262] === 0x20) return 'gnu';
  return block.toString('latin1', at + 508, at + 512) === 'tar\0' ? 'star' : 'ustar';
}

/** A text field: bytes up to the first NUL. */
function readString(block: Buffer, start: number, length: number): ByteString {
  let end = start;
  while (end < start + length && block[end] !== 0) end++;
  return block.toString('latin1', start, end);
}
