import type { Listed } from './listing.ts';

/** A path that two listings disagree about, with the fields in which they do; null where a side has no such path. */
export interface Difference {
  readonly path: string;
  readonly ours: Partial<Listed> | null;
  readonly theirs: Partial<Listed> | null;
}

const FIELDS = ['type', 'size', 'mode', 'uid', 'gid', 'linkTarget'] as const;

/** Every path in which two listings differ, in byte order of path. A path that is listed twice differs, too. */
export function differences(ours: readonly Listed[], theirs: readonly Listed[]): readonly Difference[] {
  const left = new Map(ours.map((entry) => [entry.path, entry]));
  const right = new Map(theirs.map((entry) => [entry.path, entry]));
  const twice = ours.filter((entry) => left.get(entry.path) !== entry);
  const found: Difference[] = twice.map((entry) => ({ path: entry.path, ours: entry, theirs: null }));
  for (const path of [...new Set([...left.keys(), ...right.keys()])].sort()) {
    const difference = differenceAt(path, left.get(path), right.get(path));
    if (difference !== null) found.push(difference);
  }
  return found;
}

function differenceAt(path: string, ours: Listed | undefined, theirs: Listed | undefined): Difference | null {
  if (ours === undefined || theirs === undefined) {
    return { path, ours: withoutPath(ours), theirs: withoutPath(theirs) };
  }
  const fields = FIELDS.filter((field) => ours[field] !== theirs[field]);
  if (fields.length === 0) return null;
  const pick = (entry: Listed): Partial<Listed> => Object.fromEntries(fields.map((field) => [field, entry[field]]));
  return { path, ours: pick(ours), theirs: pick(theirs) };
}

function withoutPath(entry: Listed | undefined): Partial<Listed> | null {
  if (entry === undefined) return null;
  const { path: _, ...rest } = entry;
  return rest;
}
