import type { EntryRef } from './entry-ref.ts';
import { IntList } from './int-list.ts';

const none = -1;

/** Content that a layer holds and the final filesystem does not show. */
export interface DeadFile {
  /** The entry that holds it. */
  readonly ref: EntryRef;
  /** The layer that took its last name away. */
  readonly byLayer: number;
  /** The node of that name; null for what never had one, such as a whiteout with content. */
  readonly node: number | null;
  /** What stands at that node after the layer; null: nothing, or an implied directory. */
  readonly replacedBy: EntryRef | null;
}

/** Where in the list dead content is, for many nodes: a chain of places for each of them. */
export class DeadByNode {
  private readonly first: Int32Array;
  private readonly following: Int32Array;
  /** Of content that never had a node. */
  readonly nameless: readonly number[];

  constructor(nodes: IntList, nodeCount: number) {
    const nameless: number[] = [];
    this.first = new Int32Array(nodeCount).fill(none);
    this.following = new Int32Array(nodes.length);
    for (let place = nodes.length - 1; place >= 0; place--) {
      const node = nodes.at(place);
      if (node === none) {
        nameless.push(place);
        continue;
      }
      this.following[place] = this.first[node] ?? none;
      this.first[node] = place;
    }
    this.nameless = nameless;
  }

  /** Visits a node's places in ascending order. */
  visit(node: number, visit: (place: number) => void): void {
    for (let place = this.first[node] ?? none; place !== none; place = this.following[place] ?? none) visit(place);
  }
}

/** All dead content, in the order it died. */
export class DeadContent {
  private readonly layers = new IntList();
  private readonly entries = new IntList();
  private readonly byLayers = new IntList();
  private readonly nodes = new IntList();
  private readonly replacedLayers = new IntList();
  private readonly replacedEntries = new IntList();

  get length(): number {
    return this.layers.length;
  }

  push({ ref, byLayer, node, replacedBy }: DeadFile): void {
    this.layers.push(ref.layer);
    this.entries.push(ref.entry);
    this.byLayers.push(byLayer);
    this.nodes.push(node ?? none);
    this.replacedLayers.push(replacedBy?.layer ?? none);
    this.replacedEntries.push(replacedBy?.entry ?? none);
  }

  /** @param nodeCount of the tree */
  byNode(nodeCount: number): DeadByNode {
    return new DeadByNode(this.nodes, nodeCount);
  }

  /** Where in the list the content is whose last name was a node's. */
  placesAt(node: number): number[] {
    const places: number[] = [];
    for (let place = 0; place < this.nodes.length; place++) if (this.nodes.at(place) === node) places.push(place);
    return places;
  }

  /** @param place its number, from 0 */
  at(place: number): DeadFile {
    const node = this.nodes.at(place);
    const replacedLayer = this.replacedLayers.at(place);
    return {
      ref: { layer: this.layers.at(place), entry: this.entries.at(place) },
      byLayer: this.byLayers.at(place),
      node: node === none ? null : node,
      replacedBy: replacedLayer === none ? null : { layer: replacedLayer, entry: this.replacedEntries.at(place) },
    };
  }
}
