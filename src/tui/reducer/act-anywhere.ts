import type { MainPane, Pane } from '../layout.ts';
import type { Model } from '../model/model.ts';
import { enterLine } from './act-dockerfile.ts';
import { scrollSideways } from './act-file.ts';
import { enterLayer, foldBase } from './act-layers.ts';
import { enterTree, goLeft, goRight } from './act-tree.ts';
import { withTree } from '../state/tree-place.ts';
import { jumpToWaste } from './act-waste.ts';
import { type Step, step } from '../state/event.ts';
import { withLook } from '../state/file-look.ts';
import { paneList, type PaneList } from '../state/pane-list.ts';
import { withPattern } from './prompt.ts';
import type { State } from '../state/state.ts';

/** Gives a pane the keys. */
export function focusPane(state: State, pane: Pane): State {
  const focus = pane === 'below' && state.tree.kind !== 'split' ? 'tree' : pane;
  return { ...state, focus, main: mainOf(focus) ?? state.main };
}

function mainOf(pane: Pane): MainPane | null {
  if (pane === 'layers') return null;
  return pane === 'below' ? 'tree' : pane;
}

/** The next pane that there is, round and round. */
export function neighbour(state: State, way: 1 | -1): Pane {
  const panes: readonly Pane[] = [
    'layers',
    'tree',
    ...(state.tree.kind === 'split' ? (['below'] as const) : []),
    'waste',
    'dockerfile',
    ...(state.file === null ? [] : (['file'] as const)),
  ];
  return panes[(panes.indexOf(state.focus) + way + panes.length) % panes.length] ?? 'layers';
}

/** The rows of the pane that has the keys. */
export function listed(model: Model, state: State): PaneList {
  return paneList(model, state, state.focus);
}

/** Moves the cursor, as far as there are rows. */
export function moveBy(model: Model, state: State, rows: number): Step {
  const { count, row, select } = listed(model, state);
  if (count === 0) return step(state);
  const next = Math.max(0, Math.min(row + rows, count - 1));
  return step(next === row ? state : select(next));
}

/** Opens what is under the cursor, or goes into it. */
export function goRightAnywhere(model: Model, state: State): Step {
  switch (state.focus) {
    case 'tree':
    case 'below':
      return goRight(model, state);
    case 'layers':
      return state.layer === 'base' && !state.baseOpen ? foldBase(model, state) : step(focusPane(state, 'tree'));
    case 'file':
      return step(scrollSideways(state, 1));
    case 'waste':
    case 'dockerfile':
      return goThere(model, state);
  }
}

/** Closes what is under the cursor, or goes back from it. */
export function goLeftAnywhere(model: Model, state: State): Step {
  switch (state.focus) {
    case 'tree':
    case 'below':
      return goLeft(model, state);
    case 'layers':
      return state.baseOpen ? foldBase(model, state) : step(state);
    case 'file':
      return step(scrollSideways(state, -1));
    case 'waste':
    case 'dockerfile':
      return step(focusPane(state, 'layers'));
  }
}

/** Goes where the row under the cursor leads. */
export function goThere(model: Model, state: State): Step {
  switch (state.focus) {
    case 'layers':
      return enterLayer(model, state);
    case 'tree':
    case 'below':
      return enterTree(model, state);
    case 'waste':
      return jumpToWaste(model, state);
    case 'dockerfile':
      return enterLine(model, state);
    case 'file':
      return step(state);
  }
}

/** Takes the last thing back that can be; null if there is none. */
export function takenBack(model: Model, state: State): State | null {
  if (state.message !== null) return { ...state, message: null };
  const { file } = state;
  if (state.focus === 'file') {
    if (file?.kind === 'content' && file.look.query !== '') return withLook(state, { query: '', match: null });
    return focusPane(state, 'tree');
  }
  if (state.tree.largestIn !== null) return withTree(state, { largestIn: null });
  return state.tree.pattern === '' ? null : withPattern(model, state, '');
}

/** Leaves what is in front of everything else, or the program. */
export function quit(state: State): Step {
  if (state.focus === 'file') return step(focusPane(state, 'tree'));
  if (state.tree.largestIn !== null) return step(withTree(state, { largestIn: null }));
  return step(state, { kind: 'quit' });
}
