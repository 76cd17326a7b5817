import { EntryType, type EntryTypeCode } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { EntryRef } from './entry-ref.ts';
import type { Filesystem } from './filesystem.ts';
import { IntList } from './int-list.ts';
import type { LayerView } from './layer-view.ts';

/** What stands at a node instead of the row of an entry: nothing. */
export const absent = -1;
/** A directory that no entry describes. */
export const implied = -2;

export const root = 0;

/**
 * The union of a stack of layers, as columns: one node per path that any layer ever named, so a path keeps its node
 * when it is removed and comes back. A node is absent, an implied directory (its entry is missing from every layer), or
 * the name of an inode: the entry that holds its content and metadata, shared by hard links.
 */
export class FileTree implements Filesystem {
  readonly layers: readonly LayerView[];
  private readonly parents = new IntList();
  private readonly names: ByteString[] = [];
  private readonly children: (Map<ByteString, number> | null)[] = [];
  private readonly layerOf = new IntList();
  private readonly entryOf = new IntList();
  private readonly inodeLayerOf = new IntList();
  private readonly inodeEntryOf = new IntList();

  constructor(layers: readonly LayerView[]) {
    this.layers = layers;
    this.addNode(root, '');
    this.setImplied(root, 0);
  }

  /** Number of nodes, absent ones included; nodes are numbered from 0, the root. */
  get nodeCount(): number {
    return this.names.length;
  }

  parent(node: number): number {
    return this.parents.at(node);
  }

  name(node: number): ByteString {
    return this.names[node] ?? '';
  }

  /** The path from the root, with a leading slash; the root is `/`. */
  path(node: number): ByteString {
    if (node === root) return '/';
    // Joined at once: a million paths put together part by part are five times the memory.
    const parts: ByteString[] = [];
    for (let at = node; at !== root; at = this.parents.at(at)) parts.push(this.name(at));
    return `/${parts.toReversed().join('/')}`;
  }

  /** The child of that name, absent or not; null if no layer ever named it. */
  child(node: number, name: ByteString): number | null {
    return this.children[node]?.get(name) ?? null;
  }

  /** All children, absent ones included, in the order they were first named. */
  childrenOf(node: number): Iterable<number> {
    return this.children[node]?.values() ?? [];
  }

  /** The children that are there, in byte order of their names. */
  list(node: number): number[] {
    const live = [...this.childrenOf(node)].filter((child) => this.isPresent(child));
    return live.sort((a, b) => (this.name(a) < this.name(b) ? -1 : 1));
  }

  isPresent(node: number): boolean {
    return this.entryOf.at(node) !== absent;
  }

  isImplied(node: number): boolean {
    return this.entryOf.at(node) === implied;
  }

  /** The layer that a present node is from. */
  layer(node: number): number {
    return this.layerOf.at(node);
  }

  /** The entry that gave a present node its name; null for an implied directory. */
  ref(node: number): EntryRef | null {
    const entry = this.entryOf.at(node);
    return entry < 0 ? null : { layer: this.layerOf.at(node), entry };
  }

  /** The entry that holds a present node's content and metadata; null for an implied directory. */
  inode(node: number): EntryRef | null {
    const entry = this.inodeEntryOf.at(node);
    return entry < 0 ? null : { layer: this.inodeLayerOf.at(node), entry };
  }

  inodeLayer(node: number): number {
    return this.inodeLayerOf.at(node);
  }

  /** Row of the inode in its layer; negative if there is none. */
  inodeEntry(node: number): number {
    return this.inodeEntryOf.at(node);
  }

  /** Whether the entry that gave a present node its name holds its content, too: no hard link, and no implied directory. */
  holdsContent(node: number): boolean {
    const entry = this.entryOf.at(node);
    return entry >= 0 && entry === this.inodeEntryOf.at(node) && this.layerOf.at(node) === this.inodeLayerOf.at(node);
  }

  /** Type of a present node; a hard link has the type of what it links to. */
  type(node: number): EntryTypeCode {
    const entry = this.inodeEntryOf.at(node);
    return entry < 0 ? EntryType.dir : (this.layers[this.inodeLayerOf.at(node)]?.type(entry) ?? EntryType.dir);
  }

  isDir(node: number): boolean {
    return this.isPresent(node) && this.type(node) === EntryType.dir;
  }

  /** Adds a node, absent for now. */
  addNode(parent: number, name: ByteString): number {
    const node = this.names.length;
    this.parents.push(parent);
    this.names.push(name);
    this.children.push(null);
    this.layerOf.push(0);
    this.entryOf.push(absent);
    this.inodeLayerOf.push(0);
    this.inodeEntryOf.push(absent);
    if (node !== root) (this.children[parent] ??= new Map()).set(name, node);
    return node;
  }

  set(node: number, layer: number, entry: number, inodeLayer: number, inodeEntry: number): void {
    this.layerOf.set(node, layer);
    this.entryOf.set(node, entry);
    this.inodeLayerOf.set(node, inodeLayer);
    this.inodeEntryOf.set(node, inodeEntry);
  }

  setImplied(node: number, layer: number): void {
    this.set(node, layer, implied, layer, implied);
  }

  setAbsent(node: number): void {
    this.set(node, 0, absent, 0, absent);
  }
}
