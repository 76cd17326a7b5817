import { blockSize } from './block.ts';
import { readNumber } from './numeric.ts';

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

/** The memory that was read last, in words: headers come from few buffers, and a view of its own for each is dear. */
let lastWords = new Int32Array<ArrayBufferLike>(new ArrayBuffer(0));

const evenBytes = 0x00ff00ff;

/**
 * The sum of all 512 bytes, two at a time in the halves of a word: no half can exceed 256 * 255. Four words in a go,
 * for that takes half the time, and most such fours are NUL.
 */
function sumBytes(block: Buffer, at: number): number {
  const start = block.byteOffset + at;
  let sum = 0;
  if (start % 4 !== 0) {
    for (let i = at; i < at + blockSize; i++) sum += block[i] ?? 0;
    return sum;
  }
  const { buffer } = block;
  if (lastWords.buffer !== buffer) lastWords = new Int32Array(buffer, 0, buffer.byteLength >>> 2);
  const words = lastWords;
  const first = start >>> 2;
  for (let i = first; i < first + blockSize / 4; i += 4) {
    const a = words[i] ?? 0;
    const b = words[i + 1] ?? 0;
    const c = words[i + 2] ?? 0;
    const d = words[i + 3] ?? 0;
    if ((a | b | c | d) === 0) continue;
    sum += (a & evenBytes) + ((a >>> 8) & evenBytes) + (b & evenBytes) + ((b >>> 8) & evenBytes);
    sum = (sum + (c & evenBytes) + ((c >>> 8) & evenBytes) + (d & evenBytes) + ((d >>> 8) & evenBytes)) | 0;
  }
  return (sum & 0xffff) + (sum >>> 16);
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
