import type { EntryRef } from './entry-ref.ts';
import type { FileTree } from './file-tree.ts';
import { IntList } from './int-list.ts';

/** What one node was before a layer and is after it; null: not there. */
export interface NodeChange {
  readonly node: number;
  readonly before: EntryRef | null;
  readonly after: EntryRef | null;
}

/**
 * What a layer changed, by effect: the nodes whose inode is another one after the layer, in the order they were
 * touched. A path that a layer deletes and writes again is one change. An implied directory has no inode: it counts as
 * not there, but what it is can be asked for, so that every state of the filesystem can be told from the changes.
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
    this.nodes.push(node);
    this.beforeLayer.push(tree.inodeLayer(node));
    this.beforeEntry.push(tree.inodeEntry(node));
  }

  /** Notes what all the nodes begun have become. */
  finish(tree: FileTree): void {
    for (let change = 0; change < this.nodes.length; change++) {
      const node = this.nodes.at(change);
      this.afterLayer.push(tree.inodeLayer(node));
      this.afterEntry.push(tree.inodeEntry(node));
    }
  }

  node(change: number): number {
    return this.nodes.at(change);
  }

  /** The layer of what stood at the node before the change. */
  layerBefore(change: number): number {
    return this.beforeLayer.at(change);
  }

  /** Its row there; negative where there was no entry. */
  entryBefore(change: number): number {
    return this.beforeEntry.at(change);
  }

  /** The layer of what stands at the node after the change. */
  layerAfter(change: number): number {
    return this.afterLayer.at(change);
  }

  /** Its row there; negative where there is no entry (`FileTree.inodeEntry`). */
  entryAfter(change: number): number {
    return this.afterEntry.at(change);
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
  return entry < 0 ? null : { layer, entry };
}
