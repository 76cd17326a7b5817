import { DeadContent } from './dead-content.ts';
import type { EntryRef } from './entry-ref.ts';
import type { FileTree } from './file-tree.ts';
import { IntList } from './int-list.ts';
import type { LayerView } from './layer-view.ts';

/** Counts the names of every file's content, so that content is known to be dead when its last name goes. */
export class ContentLinks {
  readonly dead = new DeadContent();
  private readonly layers: readonly LayerView[];
  /** By layer and entry: how many nodes show it. */
  private readonly names: Uint32Array[] = [];
  private readonly nameless = { layers: new IntList(), entries: new IntList(), nodes: new IntList() };
  private settled = 0;

  constructor(layers: readonly LayerView[]) {
    this.layers = layers;
  }

  addLayer({ index }: LayerView): void {
    this.names.push(new Uint32Array(index.count));
  }

  /** A node got this content. */
  link(layer: number, entry: number): void {
    const names = this.names[layer];
    if (names !== undefined && entry >= 0) names[entry] = (names[entry] ?? 0) + 1;
  }

  /** A node lost this content. */
  unlink(layer: number, entry: number, node: number): void {
    const names = this.names[layer];
    if (names === undefined || entry < 0) return;
    const left = (names[entry] ?? 0) - 1;
    names[entry] = left;
    if (left > 0 || !this.holdsBytes({ layer, entry })) return;
    this.nameless.layers.push(layer);
    this.nameless.entries.push(entry);
    this.nameless.nodes.push(node);
  }

  /** Content that gets no name at all: of a whiteout, say. */
  discard(ref: EntryRef): void {
    if (this.holdsBytes(ref)) this.dead.push({ ref, byLayer: ref.layer, node: null, replacedBy: null });
  }

  /** A layer is complete: what has no name now is dead. (A link may have kept it within the layer.) */
  settle(tree: FileTree, byLayer: number): void {
    const { layers, entries, nodes } = this.nameless;
    for (; this.settled < layers.length; this.settled++) {
      const ref = { layer: layers.at(this.settled), entry: entries.at(this.settled) };
      const node = nodes.at(this.settled);
      if ((this.names[ref.layer]?.[ref.entry] ?? 0) > 0) continue;
      const replacedBy = tree.isPresent(node) ? tree.inode(node) : null;
      this.dead.push({ ref, byLayer, node, replacedBy });
    }
  }

  /** Whether the content has a name in the tree as it is now. */
  isVisible({ layer, entry }: EntryRef): boolean {
    return (this.names[layer]?.[entry] ?? 0) > 0;
  }

  private holdsBytes({ layer, entry }: EntryRef): boolean {
    return (this.layers[layer]?.size(entry) ?? 0) > 0;
  }
}
