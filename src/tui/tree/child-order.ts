import type { PathColumns } from '../../analysis/path-columns.ts';
import type { FileTree } from '../../filesystem/file-tree.ts';

export type SortKey = 'size' | 'name' | 'waste' | 'count';

export interface Sorting {
  readonly key: SortKey;
  /** Largest first, or names from the end. */
  readonly descending: boolean;
}

/** The children of directories in order, sorted when a directory is first looked at. */
export class ChildOrder {
  private readonly tree: FileTree;
  private readonly compare: (a: number, b: number) => number;
  private readonly sorted = new Map<number, readonly number[]>();

  constructor(tree: FileTree, { bytes, files }: PathColumns, wasted: Float64Array, { key, descending }: Sorting) {
    this.tree = tree;
    const byName = (a: number, b: number): number => (tree.name(a) < tree.name(b) ? -1 : 1);
    const values = { size: bytes, waste: wasted, count: files, name: null }[key];
    const sign = descending ? -1 : 1;
    this.compare =
      values === null
        ? (a, b) => sign * byName(a, b)
        : (a, b) => sign * ((values[a] ?? 0) - (values[b] ?? 0)) || byName(a, b);
  }

  /** All children that any layer ever named, shown or not. */
  children(node: number): readonly number[] {
    const known = this.sorted.get(node);
    if (known !== undefined) return known;
    const children = [...this.tree.childrenOf(node)].sort(this.compare);
    this.sorted.set(node, children);
    return children;
  }
}
