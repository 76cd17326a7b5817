/**
 * The outline of one zstd frame (RFC 8878, section 3.1.1). Node's own decoder stops at the end of the first frame and
 * refuses skippable ones, and layers have many of both (pzstd, zstd:chunked), so the frames are told apart here.
 */
export interface FrameHeader {
  /** Bytes of the header itself. */
  readonly bytes: number;
  /** Memory that decoding takes, in bytes. */
  readonly windowSize: number;
  readonly checksum: boolean;
}

/** The longest header: magic, descriptor, window, dictionary (4), content size (8). */
export const longestHeader = 18;

/** Whether a frame of any content starts here. */
export function isZstdFrame(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528;
}

/** The length of the skippable frame that starts here, header included; null if none does. */
export function skippableLength(bytes: Buffer): number | null {
  if (bytes.length < 8 || (bytes.readUInt32LE(0) & 0xfffffff0) >>> 0 !== 0x184d2a50) return null;
  return 8 + bytes.readUInt32LE(4);
}

/** Parses a frame header. @returns null if the bytes are too few or reserved bits are set */
export function readFrameHeader(bytes: Buffer): FrameHeader | null {
  const descriptor = bytes[4];
  if (descriptor === undefined || (descriptor & 8) !== 0) return null;
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
  const sizeAt = 5 + (singleSegment ? 0 : 1) + dictionaryBytes;
  const end = sizeAt + sizeBytes;
  if (bytes.length < end) return null;
  const windowSize = singleSegment ? contentSize(bytes, sizeAt, sizeBytes) : windowOf(bytes[5] ?? 0);
  return { bytes: end, windowSize, checksum: (descriptor & 4) !== 0 };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentSize(bytes: Buffer, at: number, length: number): number {
  if (length === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, length) + (length === 2 ? 256 : 0);
}

/** A block header: whether the block is the frame's last, and the bytes of its body. Null for the reserved type. */
export function readBlockHeader(bytes: Buffer, at: number): { last: boolean; bodyBytes: number } | null {
  const header = bytes.readUIntLE(at, 3);
  const type = (header >> 1) & 3;
  if (type === 3) return null;
  // A run-length block is one byte to be repeated, however long it gets.
  return { last: (header & 1) !== 0, bodyBytes: type === 1 ? 1 : header >> 3 };
}
