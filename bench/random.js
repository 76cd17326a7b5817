/** @typedef {() => number} Random a number from 0 up to, not including, 1 */

/**
 * Numbers that look random and are the same for the same seed everywhere (mulberry32).
 * @param {number} seed
 * @returns {Random}
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Log-normal: what file sizes in real trees follow.
 * @param {Random} random
 * @param {number} median
 * @param {number} spread standard deviation of the logarithm
 */
export function logNormal(random, median, spread) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.floor(median * Math.exp(spread * normal));
}

/**
 * @template Item
 * @param {Random} random
 * @param {readonly [Item, ...Item[]]} items
 * @returns {Item}
 */
export function pick(random, items) {
  return items[Math.floor(random() * items.length)] ?? items[0];
}
