import type { RoleOf } from './row.ts';

/** What a search found, in the order of the text: offsets into the bytes that were searched. Matches do not overlap. */
export interface Matches {
  readonly starts: Uint32Array;
  /** Offsets behind the last byte of each. */
  readonly ends: Uint32Array;
  /** Whether there are more than `matchLimit`, which are not among them. */
  readonly limited: boolean;
}

/** One of the matches. */
export interface Match {
  /** Its number, from 0. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Whether the search went on at the other end. */
  readonly wrapped: boolean;
}

/** The first match that starts behind a position, or else the first of all; null if there is none. */
export function nextMatch(matches: Matches, position: number): Match | null {
  const index = firstStartingFrom(matches, position + 1);
  return index < matches.starts.length ? matchAt(matches, index, false) : matchAt(matches, 0, true);
}

/** The last match that starts before a position, or else the last of all; null if there is none. */
export function previousMatch(matches: Matches, position: number): Match | null {
  const index = firstStartingFrom(matches, position) - 1;
  return index >= 0 ? matchAt(matches, index, false) : matchAt(matches, matches.starts.length - 1, true);
}

function matchAt({ starts, ends }: Matches, index: number, wrapped: boolean): Match | null {
  const [start, end] = [starts[index], ends[index]];
  return start === undefined || end === undefined ? null : { index, start, end, wrapped };
}

/** Says of bytes whether they are part of a match. */
export function roleIn(matches: Matches | null): RoleOf {
  if (matches === null) return () => 'plain';
  return (at, end) => {
    // The last match that starts before `end` is the only one that can reach into the range.
    const last = firstStartingFrom(matches, end) - 1;
    return last >= 0 && (matches.ends[last] ?? 0) > at ? 'match' : 'plain';
  };
}

/** Number of the first match that starts at a position or behind it. */
function firstStartingFrom({ starts }: Matches, position: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
