import type { NumberArray } from './packed-arrays.ts';

/*
 * Plain loops: `every` takes five times as long, and looking at the numbers is most of what loading an index takes.
 */

/** Whether all are below a limit. */
export function areBelow(numbers: NumberArray, limit: number): boolean {
  if (numbers instanceof Uint8Array && limit > 0xff) return true;
  if (numbers instanceof Uint16Array && limit > 0xffff) return true;
  for (let at = 0; at < numbers.length; at++) if (!((numbers[at] ?? 0) < limit)) return false;
  return true;
}

/** Whether all can be counts of bytes: whole, and not below zero. */
export function areSizes(numbers: NumberArray): boolean {
  if (!(numbers instanceof Float64Array)) return true;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    if (!(number >= 0 && Number.isSafeInteger(number))) return false;
  }
  return true;
}

/** Whether none is NaN or infinite. */
export function areFinite(numbers: NumberArray): boolean {
  if (!(numbers instanceof Float64Array)) return true;
  for (let at = 0; at < numbers.length; at++) if (!Number.isFinite(numbers[at])) return false;
  return true;
}
