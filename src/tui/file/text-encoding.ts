import { isUtf8 } from 'node:buffer';

export type TextEncoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE';

/** A text in UTF-8, without byte-order mark, and how it was written. */
export interface DecodedText {
  readonly bytes: Uint8Array;
  readonly encoding: TextEncoding;
}

/**
 * Reads bytes as text: UTF-8, or UTF-16 that says so with a byte-order mark.
 * @param bytes the first part of a file; where that is not all of it, the last character may be cut
 * @param sizeBytes of the whole file
 * @returns null if they are no text: not valid in that encoding, or with a NUL
 */
export function decodeText(bytes: Uint8Array, sizeBytes: number): DecodedText | null {
  const isCut = bytes.length < sizeBytes;
  const decoded = decode(bytes, isCut);
  return decoded === null || decoded.bytes.includes(0) ? null : decoded;
}

function decode(bytes: Uint8Array, isCut: boolean): DecodedText | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, 'UTF-16LE', isCut);
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, 'UTF-16BE', isCut);
  const whole = isCut ? withoutPartial(bytes) : bytes;
  if (!isUtf8(whole)) return null;
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  return { bytes: hasMark ? whole.subarray(3) : whole, encoding: 'UTF-8' };
}

/** Leaves out a character at the end of which some bytes are missing. */
function withoutPartial(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.subarray(0, -back) : bytes;
  }
  return bytes;
}

function decodeUtf16(bytes: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE', isCut: boolean): DecodedText | null {
  try {
    // In a stream, what is missing at the end is yet to come: it is no error.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isCut });
    return { bytes: Buffer.from(text, 'utf8'), encoding };
  } catch {
    return null;
  }
}
