import type { Action } from '../keys/actions.ts';
import type { MainPane, Pane } from '../layout.ts';
import type { Model } from '../model/model.ts';
import { enterLine, goToBiggestWaste } from './act-dockerfile.ts';
import { copyCommand, enterLayer, foldBase, nextLayer } from './act-layers.ts';
import {
  askExtract,
  compareInTree,
  copyContent,
  copyPath,
  enterTree,
  foldAll,
  goLeft,
  goRight,
  goToParent,
  hideUnchanged,
  showLargest,
  sortTree,
  toggleFold,
  viewTree,
  withTree,
} from './act-tree.ts';
import { copyWastePath, groupWaste, jumpToWaste } from './act-waste.ts';
import { compareFile, copyFile, scrollSideways, toggleHex } from './act-file.ts';
import { type Step, step, told } from './event.ts';
import { stepMatch, withLook } from './file-look.ts';
import { treePane } from './look.ts';
import { paneList } from './pane-list.ts';
import { withPattern } from './prompt.ts';
import type { State } from './state.ts';

/** What each action does to the state. */
export function act(model: Model, state: State, action: Action): Step {
  switch (action) {
    case 'up':
      return moveBy(model, state, -1);
    case 'down':
      return moveBy(model, state, 1);
    case 'half-page-up':
      return moveBy(model, state, -Math.ceil(listed(model, state).height / 2));
    case 'half-page-down':
      return moveBy(model, state, Math.ceil(listed(model, state).height / 2));
    case 'page-up':
      return moveBy(model, state, -listed(model, state).height);
    case 'page-down':
      return moveBy(model, state, listed(model, state).height);
    case 'first':
      return moveBy(model, state, -Infinity);
    case 'last':
      return moveBy(model, state, Infinity);
    case 'right':
      return right(model, state);
    case 'left':
      return left(model, state);
    case 'enter':
      return goThere(model, state);
    case 'next-pane':
      return step(focusPane(state, neighbour(state, 1)));
    case 'previous-pane':
      return step(focusPane(state, neighbour(state, -1)));
    case 'pane-layers':
      return step(focusPane(state, 'layers'));
    case 'pane-tree':
      return step(focusPane(state, 'tree'));
    case 'pane-waste':
      return step(focusPane(state, 'waste'));
    case 'pane-dockerfile':
      return step(focusPane(state, 'dockerfile'));
    case 'pane-file':
      return state.file === null ? told(state, 'No file was opened yet.') : step(focusPane(state, 'file'));
    case 'previous-layer':
      return nextLayer(model, state, -1);
    case 'next-layer':
      return nextLayer(model, state, 1);
    case 'biggest-waste':
      return goToBiggestWaste(model, state);
    case 'copy-command':
      return copyCommand(model, state);
    case 'write-report':
      if (model.report === null) return told(state, 'The report is not ready yet.');
      return step({ ...state, prompt: { kind: 'report', text: 'layerscope-report.md' } });
    case 'help':
      return step({ ...state, overlay: { kind: 'help', top: 0 } });
    case 'details':
      return step({ ...state, overlay: { kind: 'details', top: 0 } });
    case 'back':
      return step(takenBack(model, state) ?? state);
    case 'quit':
      return quit(state);
    case 'redraw':
      return step(state, { kind: 'redraw' });
    case 'suspend':
      return step(state, { kind: 'suspend' });
    case 'fold-base':
      return foldBase(model, state);
    case 'filter':
      return step({
        ...withTree(focusPane(state, treePane(state)), { largestIn: null }),
        prompt: { kind: 'filter', text: state.tree.pattern },
      });
    case 'fold':
      return toggleFold(model, state);
    case 'unfold-all':
      return foldAll(state, 'all');
    case 'fold-all':
      return foldAll(state, 'none');
    case 'parent':
      return goToParent(model, state);
    case 'view-final':
      return viewTree(state, 'final');
    case 'view-changes':
      return viewTree(state, 'changes');
    case 'view-union':
      return viewTree(state, 'union');
    case 'view-split':
      return viewTree(state, 'split');
    case 'sort-size':
      return sortTree(state, 'size');
    case 'sort-name':
      return sortTree(state, 'name');
    case 'sort-waste':
      return sortTree(state, 'waste');
    case 'sort-count':
      return sortTree(state, 'count');
    case 'hide-unchanged':
      return hideUnchanged(model, state);
    case 'only-waste':
      return step(withTree(state, { onlyWaste: !state.tree.onlyWaste }));
    case 'largest':
      return showLargest(model, state);
    case 'attributes':
      return step(withTree(state, { attributes: !state.tree.attributes }));
    case 'extract':
      return askExtract(model, state);
    case 'copy-path':
      return copyPath(model, state);
    case 'copy-content':
      return copyContent(model, state);
    case 'compare':
      return compareInTree(model, state);
    case 'waste-group':
      return groupWaste(model, state);
    case 'copy-waste-path':
      return copyWastePath(model, state);
    case 'search':
      return state.file?.kind === 'content'
        ? step({ ...state, prompt: { kind: 'search', text: '' } })
        : told(state, 'There is no file to search.');
    case 'next-match':
      return stepMatch(model, state, 'next');
    case 'previous-match':
      return stepMatch(model, state, 'previous');
    case 'toggle-hex':
      return toggleHex(state);
    case 'compare-file':
      return compareFile(model, state);
    case 'copy-file':
      return copyFile(state);
  }
}

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
function neighbour(state: State, way: 1 | -1): Pane {
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

function listed(model: Model, state: State): ReturnType<typeof paneList> {
  return paneList(model, state, state.focus);
}

function moveBy(model: Model, state: State, rows: number): Step {
  const { count, row, select } = listed(model, state);
  if (count === 0) return step(state);
  const next = Math.max(0, Math.min(row + rows, count - 1));
  return step(next === row ? state : select(next));
}

function right(model: Model, state: State): Step {
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

function left(model: Model, state: State): Step {
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
function takenBack(model: Model, state: State): State | null {
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
function quit(state: State): Step {
  if (state.focus === 'file') return step(focusPane(state, 'tree'));
  if (state.tree.largestIn !== null) return step(withTree(state, { largestIn: null }));
  return step(state, { kind: 'quit' });
}
