import type { FileChange } from '../../comparison/comparison.ts';
import { groupBy, sumOf } from '../../rules/group-by.ts';

/** A file that changed, or a directory for all that changed below it. */
export interface ChangedPlace {
  /** A directory's ends with a slash. */
  readonly path: string;
  readonly files: readonly FileChange[];
  readonly change: number;
}

/** Directories that are looked into, the largest first: nobody reads as many rows. */
const looks = 40;

/** A directory is told instead of what is in it, unless this share of its changes is at one place in there. */
const dominant = 0.5;

interface Group {
  readonly files: readonly FileChange[];
  /** Bytes that came and bytes that went, added up: two changes that even out are two changes. */
  readonly weight: number;
}

/**
 * Tells many changes by few places: the deepest directories that have most of what is around them.
 * @returns the largest change first; each file that has bytes to tell of is in one place
 */
export function changedPlaces(entries: readonly FileChange[]): ChangedPlace[] {
  const changed = entries.filter(({ change }) => change !== 0);
  const waiting = changed.length === 0 ? [] : [groupOf(changed)];
  const done: Group[] = [];
  for (let look = 0; look < looks && waiting.length > 0; look++) {
    const group = takeLargest(waiting);
    const parts = partsOf(group);
    if (parts.length === 0) done.push(group);
    for (const part of parts) (part.files.length > 1 ? waiting : done).push(part);
  }
  return [...done, ...waiting]
    .sort((a, b) => b.weight - a.weight)
    .map(({ files }) => ({ path: pathOf(files), files, change: sumOf(files, ({ change }) => change) }));
}

/** Out of the list, whose order goes. */
function takeLargest(groups: Group[]): Group {
  let largest = 0;
  for (const [at, { weight }] of groups.entries()) if (weight > (groups[largest]?.weight ?? 0)) largest = at;
  const last = groups.pop() ?? groupOf([]);
  const found = groups[largest] ?? last;
  if (largest < groups.length) groups[largest] = last;
  return found;
}

function groupOf(files: readonly FileChange[]): Group {
  return { files, weight: sumOf(files, ({ change }) => Math.abs(change)) };
}

function pathOf(files: readonly FileChange[]): string {
  const [only] = files;
  return files.length === 1 && only !== undefined ? only.path : commonDirectory(files);
}

/** What a directory is told by; nothing where it is told as a whole. */
function partsOf({ files, weight }: Group): Group[] {
  const start = commonDirectory(files).length;
  const parts = [...groupBy(files, ({ path }) => partAfter(path, start)).values()].map(groupOf);
  return parts.some((part) => part.weight >= weight * dominant) ? parts : [];
}

function partAfter(path: string, start: number): string {
  const slash = path.indexOf('/', start);
  return slash === -1 ? path.slice(start) : path.slice(start, slash + 1);
}

/** With a slash at its end. */
function commonDirectory(files: readonly FileChange[]): string {
  let common = files[0]?.path ?? '/';
  for (const { path } of files) {
    let length = 0;
    while (length < common.length && common.charCodeAt(length) === path.charCodeAt(length)) length++;
    common = common.slice(0, length);
  }
  return common.slice(0, common.lastIndexOf('/') + 1);
}
