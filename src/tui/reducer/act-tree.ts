import { root } from '../../filesystem/file-tree.ts';
import type { Model } from '../model/model.ts';
import { openFile } from './act-path.ts';
import { type Step, step } from '../state/event.ts';
import type { State } from '../state/state.ts';
import { treePlace, withTree } from '../state/tree-place.ts';

/** Opens a directory, goes into an open one, shows a file. */
export function goRight(model: Model, state: State): Step {
  const place = treePlace(model, state);
  if (place === null) return step(state);
  if (!place.isDir) return openFile(model, state);
  if (state.tree.largestIn !== null) return step(state);
  if (!place.isOpen) return step(flip(state, place.node));
  const child = state.tree.lastChild.get(place.node);
  const row = place.view.rows.rowOf(place.node);
  const first = place.view.rows.window(row + 1, 1)[0]?.node;
  const wanted = child !== undefined && place.view.filtered.included[child] === 1 ? child : first;
  return step(wanted === undefined ? state : withTree(state, { node: wanted }));
}

/** Closes a directory; where that is done already, goes to the parent. */
export function goLeft(model: Model, state: State): Step {
  const place = treePlace(model, state);
  if (place === null) return step(state);
  if (place.isDir && place.isOpen && state.tree.largestIn === null) return step(flip(state, place.node));
  return goToParent(model, state);
}

export function goToParent(model: Model, state: State): Step {
  const place = treePlace(model, state);
  if (place === null) return step(state);
  const parent = place.paths.union.tree.parent(place.node);
  if (parent === root) return step(state);
  const lastChild = new Map(state.tree.lastChild).set(parent, place.node);
  return step(withTree(state, { node: parent, lastChild, largestIn: null }));
}

/** What Enter does: folds a directory, shows a file. */
export function enterTree(model: Model, state: State): Step {
  const place = treePlace(model, state);
  if (place === null) return step(state);
  if (!place.isDir) return openFile(model, state);
  return state.tree.largestIn === null ? step(flip(state, place.node)) : step(state);
}

export function toggleFold(model: Model, state: State): Step {
  const place = treePlace(model, state);
  return place?.isDir === true ? step(flip(state, place.node)) : step(state);
}

function flip(state: State, node: number): State {
  const flipped = new Set(state.tree.flipped);
  if (!flipped.delete(node)) flipped.add(node);
  return withTree(state, { flipped });
}
