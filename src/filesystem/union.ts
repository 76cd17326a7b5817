import type { LayerIndex } from '../layer/layer-index.ts';
import { type Oddity, OddityTally } from '../warnings.ts';
import { ContentLinks } from './content-links.ts';
import type { DeadContent } from './dead-content.ts';
import { FileTree } from './file-tree.ts';
import type { LayerChanges } from './layer-changes.ts';
import { LayerView } from './layer-view.ts';
import { LayerStacking, type Stack } from './stack-layer.ts';

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
 * Every layer is applied once, and its changes are recorded as they are made.
 */
export function buildUnion(indexes: readonly LayerIndex[]): Union {
  const layers = indexes.map((index) => new LayerView(index));
  const tree = new FileTree(layers);
  const links = new ContentLinks(layers);
  const oddities = new OddityTally();
  const stack: Stack = { tree, links, oddities, touchedBy: [] };
  const changes = layers.map((view, layer) => new LayerStacking(stack, view, layer).apply());
  return { layers, tree, links, changes, dead: links.dead, oddities: oddities.list() };
}
