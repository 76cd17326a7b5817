import { EntryType, type EntryTypeCode } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { EntryRef } from './entry-ref.ts';
import { absent, type FileTree, implied, root } from './file-tree.ts';
import type { Filesystem } from './filesystem.ts';
import type { LayerView } from './layer-view.ts';
import type { Union } from './union.ts';

/** The filesystem as some layer left it: two columns beside the tree of the union, whose nodes it shares. */
export class Snapshot implements Filesystem {
  readonly layers: readonly LayerView[];
  readonly tree: FileTree;
  private readonly layerOf: Int32Array;
  private readonly entryOf: Int32Array;

  constructor(tree: FileTree, layerOf: Int32Array, entryOf: Int32Array) {
    this.layers = tree.layers;
    this.tree = tree;
    this.layerOf = layerOf;
    this.entryOf = entryOf;
  }

  parent(node: number): number {
    return this.tree.parent(node);
  }

  name(node: number): ByteString {
    return this.tree.name(node);
  }

  path(node: number): ByteString {
    return this.tree.path(node);
  }

  list(node: number): number[] {
    const there = [...this.tree.childrenOf(node)].filter((child) => this.isPresent(child));
    return there.sort((a, b) => (this.name(a) < this.name(b) ? -1 : 1));
  }

  isPresent(node: number): boolean {
    return this.entryOf[node] !== absent;
  }

  /** Type of a present node; a hard link has the type of what it links to. */
  type(node: number): EntryTypeCode {
    const entry = this.entryOf[node] ?? absent;
    return entry < 0 ? EntryType.dir : (this.layers[this.layerOf[node] ?? 0]?.type(entry) ?? EntryType.dir);
  }

  isDir(node: number): boolean {
    return this.isPresent(node) && this.type(node) === EntryType.dir;
  }

  inode(node: number): EntryRef | null {
    const entry = this.entryOf[node] ?? absent;
    return entry < 0 ? null : { layer: this.layerOf[node] ?? 0, entry };
  }

  /** The layer of the entry at a present node. */
  inodeLayer(node: number): number {
    return this.layerOf[node] ?? 0;
  }

  /** Its row there; negative where there is none. */
  inodeEntry(node: number): number {
    return this.entryOf[node] ?? absent;
  }
}

/** The filesystem that a layer left. @param layer its index; -1 is what was there before the first one: nothing */
export function snapshotAfter({ tree, changes }: Union, layer: number): Snapshot {
  const layerOf = new Int32Array(tree.nodeCount);
  const entryOf = new Int32Array(tree.nodeCount).fill(absent);
  entryOf[root] = implied;
  for (const change of changes.slice(0, layer + 1)) {
    for (let at = 0; at < change.length; at++) {
      const node = change.node(at);
      layerOf[node] = change.layerAfter(at);
      entryOf[node] = change.entryAfter(at);
    }
  }
  return new Snapshot(tree, layerOf, entryOf);
}
