/**
 * A numeric header field (POSIX pax "ustar Interchange Format"): octal digits padded with spaces or NULs, or, as GNU
 * writes what does not fit, base-256 big-endian two's complement with the top bit of the first byte set.
 * @returns the number, or null if the field is neither or exceeds what a double holds exactly
 */
export function readNumber(block: Uint8Array, start: number, length: number): number | null {
  const first = block[start] ?? 0;
  return (first & 0x80) === 0 ? readOctal(block, start, length) : readBase256(block, start, length);
}

/** A field has at most 12 digits, 36 bits: always exact. */
function readOctal(block: Uint8Array, start: number, length: number): number | null {
  const end = start + length;
  // As nearly every writer has it: digits, and one terminator at the end.
  let plain = 0;
  for (let at = start; at < end; at++) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) {
      if (at === end - 1 && (block[at] === 0 || block[at] === 0x20)) return plain;
      break;
    }
    plain = plain * 8 + digit;
  }
  let at = start;
  while (at < end && (block[at] === 0x20 || block[at] === 0)) at++;
  let value = 0;
  for (; at < end; at++) {
    const byte = block[at] ?? 0;
    if (byte === 0 || byte === 0x20) break;
    if (byte < 0x30 || byte > 0x37) return null;
    value = value * 8 + (byte - 0x30);
  }
  // What follows the first terminator is padding; a digit there means that the field is garbage.
  for (; at < end; at++) if (block[at] !== 0 && block[at] !== 0x20) return null;
  return value;
}

function readBase256(block: Uint8Array, start: number, length: number): number | null {
  const first = block[start] ?? 0;
  const negative = (first & 0x40) !== 0;
  // For a negative number count up from the complement, so that every intermediate value stays small.
  let value = negative ? ~first & 0x3f : first & 0x3f;
  for (let at = start + 1; at < start + length; at++) {
    const byte = block[at] ?? 0;
    value = value * 256 + (negative ? ~byte & 0xff : byte);
    if (!Number.isSafeInteger(value)) return null;
  }
  return negative ? -value - 1 : value;
}
