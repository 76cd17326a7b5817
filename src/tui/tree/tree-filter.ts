import type { PathColumns } from '../../analysis/path-columns.ts';
import { type FileTree, root } from '../../filesystem/file-tree.ts';
import type { Filter } from './filter.ts';

/** Which of a tree's paths are wanted. */
export interface Wanted {
  readonly hideUnchanged: boolean;
  /** Only paths with wasted bytes, those that are gone included. */
  readonly onlyWaste: boolean;
  readonly filter: Filter | null;
}

/** A tree's paths after filtering, one row per node. */
export interface FilteredPaths {
  /** 1: has a row, if everything above it is open. */
  readonly included: Uint8Array;
  /** 1: fits the filter itself. Null where there is no filter. */
  readonly hits: Uint8Array | null;
  /** 1: something below fits, so it is worth opening. Null where there is no filter. */
  readonly leads: Uint8Array | null;
  readonly hitCount: number;
}

/**
 * Filters a tree's paths: what fits, everything below it, and the directories that lead there.
 * @param before the hits of a filter that this one narrows, if they are at hand
 */
export function filterPaths(
  tree: FileTree,
  columns: PathColumns,
  wasted: Float64Array,
  { hideUnchanged, onlyWaste, filter }: Wanted,
  before: Uint8Array | null,
): FilteredPaths {
  const { shown, change, changedBelow } = columns;
  const base = onlyWaste || hideUnchanged ? new Uint8Array(shown.length) : shown;
  if (base !== shown)
    for (let node = 0; node < shown.length; node++) {
      const kept = onlyWaste ? (wasted[node] ?? 0) > 0 : shown[node] === 1;
      const seen = !hideUnchanged || change[node] !== 0 || changedBelow[node] !== 0;
      base[node] = kept && seen ? 1 : 0;
    }
  return filter === null
    ? { included: base, hits: null, leads: null, hitCount: 0 }
    : search(tree, base, filter, before);
}

function search(tree: FileTree, base: Uint8Array, filter: Filter, before: Uint8Array | null): FilteredPaths {
  const hits = new Uint8Array(base.length);
  const leads = new Uint8Array(base.length);
  const included = new Uint8Array(base.length);
  let hitCount = 0;
  for (let node = root + 1; node < base.length; node++) {
    if (base[node] === 0) continue;
    if ((before === null || before[node] === 1) && filter.fits(tree, node)) {
      hits[node] = 1;
      hitCount++;
    }
    // Parents have smaller numbers: whether they are in is known by now.
    included[node] = hits[node] === 1 || included[tree.parent(node)] === 1 ? 1 : 0;
  }
  for (let node = base.length - 1; node > root; node--) {
    if (hits[node] === 0 && leads[node] === 0) continue;
    leads[tree.parent(node)] = 1;
  }
  for (let node = root; node < base.length; node++) if (leads[node] === 1) included[node] = 1;
  return { included, hits, leads, hitCount };
}
