import type { Model } from '../model/model.ts';
import type { SortKey } from '../tree/child-order.ts';
import { type Step, step, told } from '../state/event.ts';
import { subjectOf, treePane, treeView } from '../state/look.ts';
import type { State, TreeKind } from '../state/state.ts';
import { treePlace, withTree } from '../state/tree-place.ts';

export function foldAll(state: State, unfolded: 'all' | 'none'): Step {
  return step(withTree(state, { unfolded, flipped: new Set() }));
}

/** Looks at another part of the filesystem's history; the tree comes to the front, unless the layers have the keys. */
export function viewTree(state: State, kind: TreeKind): Step {
  const stays = state.focus === 'layers' || (state.focus === 'below' && kind === 'split');
  return step({ ...withTree(state, { kind, largestIn: null }), focus: stays ? state.focus : 'tree', main: 'tree' });
}

/** Sorts by a column; by the same one again the other way round. */
export function sortTree(state: State, key: SortKey): Step {
  const { sorting } = state.tree;
  const descending = sorting.key === key ? !sorting.descending : key !== 'name';
  return step(withTree(state, { sorting: { key, descending } }));
}

export function hideUnchanged(model: Model, state: State): Step {
  const hidden = !state.tree.hideUnchanged;
  const subject = subjectOf(model, state, treePane(state));
  if (hidden && subject.kind === 'filesystem' && subject.since < 0)
    return told(state, 'Nothing to compare with here: choose a layer, or see what it changed.');
  return step(withTree(state, { hideUnchanged: hidden }));
}

/** The largest files below a directory, or below the one that a file is in. */
export function showLargest(model: Model, state: State): Step {
  if (state.tree.largestIn !== null) return step(withTree(state, { largestIn: null }));
  const place = treePlace(model, state);
  if (place === null) return step(state);
  const largestIn = place.isDir ? place.node : place.paths.union.tree.parent(place.node);
  const shown = withTree(state, { largestIn });
  const first = treeView(model, shown, treePane(shown))?.rows.window(0, 1)[0]?.node;
  if (first === undefined) return told(state, 'No file there has any bytes.');
  return step(withTree(shown, { node: first }));
}
