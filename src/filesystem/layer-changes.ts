import type { EntryRef, FileTree } from './file-tree.ts';
import { IntList } from './int-list.ts';

const none = -1;

/** What one node was before a layer and is after it; null: not there. */
export interface NodeChange {
  readonly node: number;
  readonly before: EntryRef | null;
  readonly after: EntryRef | null;
}

/**
 * What a layer changed, by effect: the nodes whose inode is another one after the layer, in the order they were
 * touched. A path that a layer deletes and writes again is one change. Implied directories are not listed.
 */
export class LayerChanges {
  private readonly nodes = new IntList();
  private readonly beforeLayer = new IntList();
  private readonly beforeEntry = new IntList();
  private readonly afterLayer = new IntList();
  private readonly afterEntry = new IntList();

  get length(): number {
    return this.nodes.length;
  }

  /** Notes a node as it is now, before it changes. */
  begin(tree: FileTree, node: number): void {
    const inode = tree.isPresent(node) ? tree.inode(node) : null;
    this.nodes.push(node);
    this.beforeLayer.push(inode?.layer ?? none);
    this.beforeEntry.push(inode?.entry ?? none);
  }

  /** Notes what all the nodes begun have become. */
  finish(tree: FileTree): void {
    for (let change = 0; change < this.nodes.length; change++) {
      const node = this.nodes.at(change);
      const there = tree.isPresent(node) && tree.inodeEntry(node) >= 0;
      this.afterLayer.push(there ? tree.inodeLayer(node) : none);
      this.afterEntry.push(there ? tree.inodeEntry(node) : none);
    }
  }

  /** @param change its number, from 0 */
  at(change: number): NodeChange {
    return {
      node: this.nodes.at(change),
      before: refOrNull(this.beforeLayer.at(change), this.beforeEntry.at(change)),
      after: refOrNull(this.afterLayer.at(change), this.afterEntry.at(change)),
    };
  }
}

function refOrNull(layer: number, entry: number): EntryRef | null {
  return layer === none ? null : { layer, entry };
}
