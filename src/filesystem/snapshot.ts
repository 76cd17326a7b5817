import { EntryType, type EntryTypeCode } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { EntryRef } from './entry-ref.ts';
import { absent, type FileTree, implied, root } from './file-tree.ts';
import type { Filesystem } from './filesystem.ts';
import type { LayerChanges } from './layer-changes.ts';
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
    return (this.entryOf[node] ?? absent) !== absent;
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

  /** Puts its columns into longer ones. */
  copyTo(layerOf: Int32Array, entryOf: Int32Array): void {
    layerOf.set(this.layerOf);
    entryOf.set(this.entryOf);
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

/**
 * The filesystem that a layer left.
 * @param layer its index; -1 is what was there before the first one: nothing
 * @param near the filesystem that another layer of the same union left, if it is at hand: one a layer away is a tenth of
 *   the work
 */
export function snapshotAfter(
  union: Union,
  layer: number,
  near: { readonly layer: number; readonly snapshot: Snapshot } | null = null,
): Snapshot {
  // Nodes beyond the columns are absent: of nothing, no million rows are kept.
  if (layer < 0) return new Snapshot(union.tree, Int32Array.of(0), Int32Array.of(implied));
  const { changes, tree } = union;
  const layerOf = new Int32Array(tree.nodeCount);
  const entryOf = new Int32Array(tree.nodeCount).fill(absent);
  entryOf[root] = implied;
  if (near !== null) near.snapshot.copyTo(layerOf, entryOf);
  for (let at = (near?.layer ?? -1) + 1; at <= layer; at++) redo(changes[at], layerOf, entryOf);
  for (let at = near?.layer ?? -1; at > layer; at--) undo(changes[at], layerOf, entryOf);
  return new Snapshot(tree, layerOf, entryOf);
}

function redo(changes: LayerChanges | undefined, layerOf: Int32Array, entryOf: Int32Array): void {
  if (changes === undefined) return;
  for (let at = 0; at < changes.length; at++) {
    const node = changes.node(at);
    layerOf[node] = changes.layerAfter(at);
    entryOf[node] = changes.entryAfter(at);
  }
}

function undo(changes: LayerChanges | undefined, layerOf: Int32Array, entryOf: Int32Array): void {
  if (changes === undefined) return;
  for (let at = 0; at < changes.length; at++) {
    const node = changes.node(at);
    layerOf[node] = changes.layerBefore(at);
    entryOf[node] = changes.entryBefore(at);
  }
}
