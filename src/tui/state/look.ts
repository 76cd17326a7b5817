import type { TreeSubject } from '../../analysis/path-columns.ts';
import { layout, type Pane, type Placed } from '../layout.ts';
import type { KeyContext } from '../keys/actions.ts';
import type { Block } from '../model/listing.ts';
import type { Model } from '../model/model.ts';
import type { WasteRow } from '../model/waste-list.ts';
import type { TreeView } from '../tree/paths.ts';
import type { LayerChoice, State } from './state.ts';

/** What follows from a state: which rows there are, and where. Nothing of it is kept in the state. */

/** The rows of the list of layers: the base image's folded into one, and the own ones. */
export function layerRows({ layers, baseLayers }: Model, { baseOpen }: State): LayerChoice[] {
  const all = layers.map(({ index }) => index);
  if (baseLayers === null || baseLayers === 0) return all;
  return ['base', ...(baseOpen ? all.slice(0, baseLayers) : []), ...all.slice(baseLayers)];
}

/** The layer that is meant: of the folded base image, its last one. */
export function chosenLayer({ baseLayers, layers }: Model, { layer }: State): number {
  return Math.min(layer === 'base' ? (baseLayers ?? 1) - 1 : layer, layers.length - 1);
}

/** What a half of the tree shows. */
export function subjectOf(model: Model, state: State, pane: 'tree' | 'below'): TreeSubject {
  const { kind } = state.tree;
  const stacked = (model.paths?.union.layers.length ?? 0) - 1;
  const base = model.baseLayers ?? 0;
  if (kind === 'final') {
    const hasOwn = base > 0 && base < model.layers.length;
    return { kind: 'filesystem', layer: stacked, since: hasOwn ? base - 1 : -1 };
  }
  const layer = Math.min(chosenLayer(model, state), stacked);
  if (state.layer === 'base') return { kind: 'filesystem', layer, since: -1 };
  if (kind === 'changes' || (kind === 'split' && pane === 'tree')) return { kind: 'changes', layer };
  return { kind: 'filesystem', layer, since: layer - 1 };
}

/** A half of the tree with its rows; null before the first layer is there. */
export function treeView(model: Model, state: State, pane: 'tree' | 'below'): TreeView | null {
  const { sorting, hideUnchanged, onlyWaste, pattern, flipped, unfolded, largestIn } = state.tree;
  const subject = subjectOf(model, state, pane);
  return (
    model.paths?.view({ subject, sorting, hideUnchanged, onlyWaste, pattern, flipped, unfolded, largestIn }) ?? null
  );
}

/** The node that the cursor is really on: the one meant, or the nearest above it that has a row. */
export function cursorNode(view: TreeView, state: State): number | null {
  return view.rows.window(view.rows.rowOf(state.tree.node), 1)[0]?.node ?? null;
}

/** The half of the tree that has the focus, or had it last. */
export function treePane({ focus, tree }: State): 'tree' | 'below' {
  return focus === 'below' && tree.kind === 'split' ? 'below' : 'tree';
}

export function wasteRows({ waste }: Model, state: State): readonly WasteRow[] {
  return waste === null ? [] : waste[state.waste.group];
}

/** Where everything is. */
export function places(model: Model, state: State): readonly Placed[] {
  const { size, main, tree } = state;
  return layout({ size, main, split: tree.kind === 'split', layerRows: layerRows(model, state).length });
}

/** Rows of a pane below its title; of one that is not to be seen, what a page would be. */
export function paneHeight(model: Model, state: State, pane: Pane): number {
  const rect = places(model, state).find((placed) => placed.pane === pane)?.rect;
  return Math.max(1, (rect?.height ?? state.size.rows - 3) - 1);
}

/** Columns of a pane. */
export function paneWidth(model: Model, state: State, pane: Pane): number {
  return places(model, state).find((placed) => placed.pane === pane)?.rect.width ?? state.size.columns;
}

/** The row that the cursor is on. */
export function wasteRow(model: Model, state: State): WasteRow | null {
  return state.waste.row ?? wasteRows(model, state)[0] ?? null;
}

/** The instruction that the cursor is on. */
export function blockAt({ listing }: Model, { dockerfile }: State): Block | null {
  return listing?.lines[dockerfile.line - 1]?.block ?? null;
}

/** Which meanings the keys have in a pane. */
export function contextOf(pane: Pane): KeyContext {
  return pane === 'below' ? 'tree' : pane;
}
