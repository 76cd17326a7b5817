import { entryCommand } from '../../dockerfile/rebuild.ts';
import type { Model } from '../model/model.ts';
import { type Step, step, told } from '../state/event.ts';
import { chosenLayer, layerRows } from '../state/look.ts';
import { chooseLayer } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';

/** Chooses the layer above or below, whatever pane has the focus. */
export function nextLayer(model: Model, state: State, way: 1 | -1): Step {
  const rows = layerRows(model, state);
  const row = rows[rows.indexOf(state.layer) + way];
  return step(row === undefined ? state : chooseLayer(model, state, row));
}

/** Gives the base image's layers rows of their own, or one for all. */
export function foldBase(model: Model, state: State): Step {
  const { baseLayers } = model;
  if (baseLayers === null)
    return told(state, 'Nobody can tell where the base image ends: give its Dockerfile (-d), or --base.');
  if (baseLayers === 0) return told(state, 'The image has no base.');
  const isBase = state.layer === 'base' || state.layer < baseLayers;
  return step({ ...state, baseOpen: !state.baseOpen, layer: state.baseOpen && isBase ? 'base' : state.layer });
}

/** Unfolds the base, or shows what the layer changed. */
export function enterLayer(model: Model, state: State): Step {
  if (state.layer === 'base' && !state.baseOpen) return foldBase(model, state);
  const kind = state.tree.kind === 'final' ? 'changes' : state.tree.kind;
  return step({ ...state, focus: 'tree', main: 'tree', tree: { ...state.tree, kind } });
}

/** The command that made the layer, as the history has it. */
export function copyCommand(model: Model, state: State): Step {
  const layer = model.image?.layers[chosenLayer(model, state)];
  if (layer === undefined || layer.history === null) return told(state, 'Nothing is known of what made this layer.');
  return step(state, { kind: 'copy', text: entryCommand(layer.history), what: `the command of layer ${layer.index}` });
}
