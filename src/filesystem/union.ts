import type { LayerIndex } from '../layer/layer-index.ts';
import { type Oddity, OddityTally } from '../warnings.ts';
import { ContentLinks } from './content-links.ts';
import type { DeadContent } from './dead-content.ts';
import { FileTree } from './file-tree.ts';
import type { LayerChanges } from './layer-changes.ts';
import { LayerView } from './layer-view.ts';
import { LayerStacking } from './stack-layer.ts';

/** A stack of layers as one filesystem, and how each layer changed it. */
export interface Union {
  readonly layers: readonly LayerView[];
  /** The final filesystem. */
  readonly tree: FileTree;
  /** By layer. */
  readonly changes: readonly LayerChanges[];
  /** Which content the final filesystem shows. */
  readonly links: ContentLinks;
  readonly dead: DeadContent;
  readonly oddities: readonly Oddity[];
}

/**
 * Stacks layers, lowest first, by the rules of OCI image-spec layer.md; where extractors disagree, an oddity is noted.
 * Every layer is applied once, as soon as it is there, and its changes are recorded as they are made.
 */
export class UnionBuilder {
  private readonly layers: LayerView[] = [];
  private readonly changes: LayerChanges[] = [];
  private readonly tree = new FileTree(this.layers);
  private readonly links = new ContentLinks(this.layers);
  private readonly oddities = new OddityTally();
  /** By node: the layer that touched it last. */
  private readonly touchedBy: number[] = [];

  /** Puts the next layer on top. */
  add(index: LayerIndex): void {
    const layer = this.layers.length;
    const view = new LayerView(index);
    this.layers.push(view);
    this.links.addLayer(view);
    const { tree, links, oddities, touchedBy } = this;
    this.changes.push(new LayerStacking({ tree, links, oddities, touchedBy }, view, layer).apply());
  }

  /** The layers so far. Its tree grows with every further layer. */
  union(): Union {
    const { tree, links } = this;
    const layers = [...this.layers];
    return { layers, tree, links, changes: [...this.changes], dead: links.dead, oddities: this.oddities.list() };
  }
}

/** Stacks all layers of an image. */
export function buildUnion(indexes: readonly LayerIndex[]): Union {
  const builder = new UnionBuilder();
  for (const index of indexes) builder.add(index);
  return builder.union();
}
