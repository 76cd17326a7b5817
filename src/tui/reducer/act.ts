import type { Action } from '../keys/actions.ts';
import type { Model } from '../model/model.ts';
import {
  focusPane,
  goLeftAnywhere,
  goRightAnywhere,
  goThere,
  listed,
  moveBy,
  neighbour,
  quit,
  takenBack,
} from './act-anywhere.ts';
import { goToBiggestWaste } from './act-dockerfile.ts';
import { compareFile, copyFile, toggleHex } from './act-file.ts';
import { copyCommand, foldBase, nextLayer } from './act-layers.ts';
import { askExtract, compareInTree, copyContent, copyPath } from './act-path.ts';
import { goToParent, toggleFold } from './act-tree.ts';
import { foldAll, hideUnchanged, showLargest, sortTree, viewTree } from './act-tree-view.ts';
import { withTree } from '../state/tree-place.ts';
import { copyWastePath, groupWaste } from './act-waste.ts';
import { type Step, step, told } from '../state/event.ts';
import { stepMatch } from './act-search.ts';
import { treePane } from '../state/look.ts';
import type { State } from '../state/state.ts';

type Deed = (model: Model, state: State) => Step;

/** What each action does to the state. */
const deeds: Readonly<Record<Action, Deed>> = {
  up: (model, state) => moveBy(model, state, -1),
  down: (model, state) => moveBy(model, state, 1),
  'half-page-up': (model, state) => moveBy(model, state, -Math.ceil(listed(model, state).height / 2)),
  'half-page-down': (model, state) => moveBy(model, state, Math.ceil(listed(model, state).height / 2)),
  'page-up': (model, state) => moveBy(model, state, -listed(model, state).height),
  'page-down': (model, state) => moveBy(model, state, listed(model, state).height),
  first: (model, state) => moveBy(model, state, -Infinity),
  last: (model, state) => moveBy(model, state, Infinity),
  right: goRightAnywhere,
  left: goLeftAnywhere,
  enter: goThere,
  'next-pane': (_, state) => step(focusPane(state, neighbour(state, 1))),
  'previous-pane': (_, state) => step(focusPane(state, neighbour(state, -1))),
  'pane-layers': (_, state) => step(focusPane(state, 'layers')),
  'pane-tree': (_, state) => step(focusPane(state, 'tree')),
  'pane-waste': (_, state) => step(focusPane(state, 'waste')),
  'pane-dockerfile': (_, state) => step(focusPane(state, 'dockerfile')),
  'pane-file': (_, state) =>
    state.file === null ? told(state, 'No file was opened yet.') : step(focusPane(state, 'file')),
  'previous-layer': (model, state) => nextLayer(model, state, -1),
  'next-layer': (model, state) => nextLayer(model, state, 1),
  'biggest-waste': goToBiggestWaste,
  'copy-command': copyCommand,
  'write-report': (model, state) => {
    if (model.report === null) return told(state, 'The report is not ready yet.');
    return step({ ...state, prompt: { kind: 'report', text: 'layerscope-report.md' } });
  },
  help: (_, state) => step({ ...state, overlay: { kind: 'help', top: 0 } }),
  details: (_, state) => step({ ...state, overlay: { kind: 'details', top: 0 } }),
  back: (model, state) => step(takenBack(model, state) ?? state),
  quit: (_, state) => quit(state),
  redraw: (_, state) => step(state, { kind: 'redraw' }),
  suspend: (_, state) => step(state, { kind: 'suspend' }),
  'fold-base': foldBase,
  filter: (_, state) =>
    step({
      ...withTree(focusPane(state, treePane(state)), { largestIn: null }),
      prompt: { kind: 'filter', text: state.tree.pattern },
    }),
  fold: toggleFold,
  'unfold-all': (_, state) => foldAll(state, 'all'),
  'fold-all': (_, state) => foldAll(state, 'none'),
  parent: goToParent,
  'view-final': (_, state) => viewTree(state, 'final'),
  'view-changes': (_, state) => viewTree(state, 'changes'),
  'view-union': (_, state) => viewTree(state, 'union'),
  'view-split': (_, state) => viewTree(state, 'split'),
  'sort-size': (_, state) => sortTree(state, 'size'),
  'sort-name': (_, state) => sortTree(state, 'name'),
  'sort-waste': (_, state) => sortTree(state, 'waste'),
  'sort-count': (_, state) => sortTree(state, 'count'),
  'hide-unchanged': hideUnchanged,
  'only-waste': (_, state) => step(withTree(state, { onlyWaste: !state.tree.onlyWaste })),
  largest: showLargest,
  attributes: (_, state) => step(withTree(state, { attributes: !state.tree.attributes })),
  extract: askExtract,
  'copy-path': copyPath,
  'copy-content': copyContent,
  compare: compareInTree,
  'waste-group': groupWaste,
  'copy-waste-path': copyWastePath,
  search: (_, state) =>
    state.file?.kind === 'content'
      ? step({ ...state, prompt: { kind: 'search', text: '' } })
      : told(state, 'There is no file to search.'),
  'next-match': (model, state) => stepMatch(model, state, 'next'),
  'previous-match': (model, state) => stepMatch(model, state, 'previous'),
  'toggle-hex': (_, state) => toggleHex(state),
  'compare-file': compareFile,
  'copy-file': (_, state) => copyFile(state),
};

/** Does it. */
export function act(model: Model, state: State, action: Action): Step {
  return deeds[action](model, state);
}
