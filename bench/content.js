import { createRandom } from './random.js';

/** File content is cut from two pools, far larger than the 32 KiB that gzip looks back. */
const poolBytes = 8 * 1024 * 1024;

const text = textPool();
const binary = binaryPool();

/**
 * Fills part of a buffer with content. The same `id` gives the same bytes, another one others.
 * @param {Buffer} into
 * @param {number} at
 * @param {number} length
 * @param {number} id
 * @param {number} from offset in the content
 */
export function fillContent(into, at, length, id, from) {
  const pool = id % 5 === 0 ? binary : text;
  let offset = (Math.imul(id, 2654435761) + from) >>> 0;
  for (let done = 0; done < length;) {
    const start = offset % poolBytes;
    const piece = Math.min(length - done, poolBytes - start);
    pool.copy(into, at + done, start, start + piece);
    done += piece;
    offset += piece;
  }
}

/** Words as often as in real text, the second twice as rare as the first: gzip makes a third of it. */
function textPool() {
  const random = createRandom(1);
  const words = Array.from({ length: 4000 }, () => {
    const letters = Array.from({ length: 2 + Math.floor(random() * 9) }, () => 97 + Math.floor(random() * 26));
    return String.fromCharCode(...letters);
  });
  const pool = Buffer.alloc(poolBytes);
  for (let at = 0; at < poolBytes;) {
    const word = words[Math.floor(words.length ** random()) - 1] ?? '';
    at += pool.write(`${word}${random() < 0.08 ? '\n' : ' '}`, at, 'latin1');
  }
  return pool;
}

/** Small values are more likely than large ones, as in machine code: gzip makes some two thirds of it. */
function binaryPool() {
  const random = createRandom(2);
  const pool = Buffer.alloc(poolBytes);
  for (let at = 0; at < poolBytes; at++) pool[at] = Math.floor(256 * random() ** 4);
  return pool;
}
