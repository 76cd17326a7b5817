import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import type { FileContent } from './content.ts';

/** How two contents differ, byte by byte; those behind the end of the shorter one all differ. */
export interface ByteDifference {
  /** Offset of the first byte that differs; null if none does. */
  readonly first: number | null;
  readonly count: number;
  /** Bytes at the start of both that were compared; the whole of the longer one if all of both was read. */
  readonly compared: number;
  readonly whole: boolean;
}

/** Compares what was read of two files. */
export function differenceOf(below: FileContent, here: FileContent): ByteDifference {
  const [a, b] = [below.bytes, here.bytes];
  const common = Math.min(a.length, b.length);
  let first: number | null = null;
  let count = 0;
  for (let at = 0; at < common; at++) {
    if (a[at] === b[at]) continue;
    first ??= at;
    count++;
  }
  const whole = a.length === below.sizeBytes && b.length === here.sizeBytes;
  if (!whole || a.length === b.length) return { first, count, compared: common, whole };
  const longer = Math.max(a.length, b.length);
  return { first: first ?? common, count: count + longer - common, compared: longer, whole };
}

/** The difference of two contents that are not the same, in a sentence. */
export function sayDifference(
  what: 'Binary files' | 'The files',
  { first, count, compared, whole }: ByteDifference,
): string {
  const part = `the first ${formatBytes(compared)}`;
  if (first === null) return `${what} are the same in ${part}; the rest was not compared.`;
  const from = `${what} differ from byte ${first} (0x${first.toString(16)}) on`;
  return whole
    ? `${from}: ${count} of ${compared} bytes.`
    : `${from}: ${plural(count, 'byte')} in ${part}; the rest was not compared.`;
}
