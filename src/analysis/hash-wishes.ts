import type { EntryRef } from '../filesystem/entry-ref.ts';
import type { Union } from '../filesystem/union.ts';
import { mayBeSame } from './content.ts';
import { duplicateCandidates } from './duplicates.ts';

/**
 * The entries whose content has to be hashed for the analysis to know what is the same: files that a layer put over a
 * file of equal size and head, and files that look alike at several places. By layer, in ascending order.
 */
export function hashWishes(union: Union): number[][] {
  const wishes = union.layers.map(() => new Set<number>());
  const want = ({ layer, entry }: EntryRef): void => void wishes[layer]?.add(entry);
  for (const changes of union.changes)
    for (let at = 0; at < changes.length; at++) wantPair(union, changes.at(at).before, changes.at(at).after, want);
  for (let at = 0; at < union.dead.length; at++)
    wantPair(union, union.dead.at(at).ref, union.dead.at(at).replacedBy, want);
  for (const group of duplicateCandidates(union)) group.forEach(want);
  return wishes.map((rows) => [...rows].sort((a, b) => a - b));
}

function wantPair({ layers }: Union, a: EntryRef | null, b: EntryRef | null, want: (ref: EntryRef) => void): void {
  if (a === null || b === null || (a.layer === b.layer && a.entry === b.entry) || !mayBeSame(layers, a, b)) return;
  want(a);
  want(b);
}
