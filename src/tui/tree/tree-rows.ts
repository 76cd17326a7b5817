import { type FileTree, root } from '../../filesystem/file-tree.ts';
import type { ChildOrder } from './child-order.ts';
import type { Row, Rows } from './rows.ts';

/** Where the walk over a tree's rows is: the children of a directory, and the next of them. */
interface Place {
  readonly children: readonly number[];
  next: number;
}

/**
 * The rows of a tree of which some directories are open. Instead of a list of all rows there is, for each node, how many
 * it and what is open below it make: one pass over the nodes, no sorting of directories that nobody looks into.
 */
export class TreeRows implements Rows {
  private readonly tree: FileTree;
  private readonly order: ChildOrder;
  /** By node: the rows it makes with all that is open below it; 0 if it has none. */
  private readonly heights: Int32Array;

  /**
   * @param included by node: 1 for what has a row if everything above is open
   * @param open by node: 1 for open directories
   */
  constructor(tree: FileTree, order: ChildOrder, included: Uint8Array, open: Uint8Array) {
    this.tree = tree;
    this.order = order;
    this.heights = new Int32Array(included.length);
    const { heights } = this;
    for (let node = included.length - 1; node > root; node--) {
      // What is below has come by already.
      heights[node] = included[node] === 0 ? 0 : 1 + (open[node] === 1 ? (heights[node] ?? 0) : 0);
      if (heights[node] === 0) continue;
      const parent = tree.parent(node);
      heights[parent] = (heights[parent] ?? 0) + (heights[node] ?? 0);
    }
  }

  get count(): number {
    return this.heights[root] ?? 0;
  }

  window(top: number, height: number): readonly Row[] {
    const rows: Row[] = [];
    const places = this.placesAt(top);
    while (rows.length < height) {
      const place = places.at(-1);
      if (place === undefined) break;
      const node = place.children[place.next++];
      if (node === undefined) {
        places.pop();
        continue;
      }
      const rowsOfNode = this.heights[node] ?? 0;
      if (rowsOfNode === 0) continue;
      rows.push({ node, depth: places.length - 1 });
      if (rowsOfNode > 1) places.push({ children: this.order.children(node), next: 0 });
    }
    return rows;
  }

  rowOf(node: number): number {
    const path: number[] = [];
    for (let at = node; at !== root; at = this.tree.parent(at)) path.push(at);
    let row = -1;
    let parent = root;
    // As far down as there are rows: what is below a closed directory has none.
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      const rowsOfParent = this.heights[parent] ?? 0;
      if ((this.heights[at] ?? 0) === 0 || (parent !== root && rowsOfParent <= 1)) break;
      row += 1 + this.rowsBefore(parent, at);
      parent = at;
    }
    return Math.max(0, row);
  }

  private rowsBefore(parent: number, child: number): number {
    let rows = 0;
    for (const sibling of this.order.children(parent)) {
      if (sibling === child) break;
      rows += this.heights[sibling] ?? 0;
    }
    return rows;
  }

  /** The walk just before a row. */
  private placesAt(row: number): Place[] {
    const places: Place[] = [{ children: this.order.children(root), next: 0 }];
    let left = row;
    for (;;) {
      const place = places.at(-1);
      const node = place?.children[place.next];
      if (place === undefined || node === undefined) return places;
      const rows = this.heights[node] ?? 0;
      if (rows <= left) {
        left -= rows;
        place.next++;
      } else if (left === 0) return places;
      else {
        left--;
        place.next++;
        places.push({ children: this.order.children(node), next: 0 });
      }
    }
  }
}
