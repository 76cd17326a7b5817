import { isDirectory, type PathColumns } from '../../analysis/path-columns.ts';
import type { FileTree } from '../../filesystem/file-tree.ts';
import type { Sorting } from './child-order.ts';
import type { Row, Rows } from './rows.ts';

/** Nobody reads further. */
const most = 1000;

/** The largest files below a directory as one list. */
export class LargestRows implements Rows {
  private readonly nodes: readonly number[];

  constructor(nodes: readonly number[]) {
    this.nodes = nodes;
  }

  get count(): number {
    return this.nodes.length;
  }

  window(top: number, height: number): readonly Row[] {
    return this.nodes.slice(top, top + height).map((node) => ({ node, depth: 0 }));
  }

  rowOf(node: number): number {
    return Math.max(0, this.nodes.indexOf(node));
  }
}

/**
 * Finds the largest files below a directory, by the column that the tree is sorted by.
 * @param included by node: 1 for what is not filtered out
 */
export function largestBelow(
  tree: FileTree,
  directory: number,
  included: Uint8Array,
  columns: PathColumns,
  wasted: Float64Array,
  { key }: Sorting,
): LargestRows {
  const values = key === 'waste' ? wasted : columns.bytes;
  const below = new Uint8Array(included.length);
  below[directory] = 1;
  const found: number[] = [];
  for (let node = directory + 1; node < included.length; node++) {
    if (below[tree.parent(node)] === 0) continue;
    below[node] = 1;
    if (included[node] === 1 && (values[node] ?? 0) > 0 && !isDirectory(columns, node)) found.push(node);
  }
  const enough = threshold(found, values);
  const chosen = found.filter((node) => (values[node] ?? 0) >= enough);
  chosen.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  return new LargestRows(chosen.slice(0, most));
}

/** What the last one shown has: sorting numbers is quick, sorting a million nodes by them is not. */
function threshold(nodes: readonly number[], values: Float64Array): number {
  const sorted = Float64Array.from(nodes, (node) => values[node] ?? 0).sort();
  return sorted[Math.max(0, sorted.length - most)] ?? 0;
}
