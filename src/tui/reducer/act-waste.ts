import { encodeText } from '../../text/byte-string.ts';
import { sanitize } from '../../text/sanitize.ts';
import { root } from '../../filesystem/file-tree.ts';
import type { Model } from '../model/model.ts';
import { reveal, withTree } from '../state/tree-place.ts';
import { type Step, step, told } from '../state/event.ts';
import { treeView, wasteRow, wasteRows } from '../state/look.ts';
import { nodeAtPath } from './node-at-path.ts';
import { goToLayer } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';

/** Files or directories; the cursor stays near: on a file's directory, on a directory's largest file. */
export function groupWaste(model: Model, state: State): Step {
  const row = wasteRow(model, state);
  const group = state.waste.group === 'files' ? 'directories' : 'files';
  const shown: State = { ...state, waste: { group, row: null, top: null } };
  if (row === null) return step(shown);
  const near = wasteRows(model, shown).find(({ path }) =>
    group === 'directories'
      ? row.path.slice(0, row.path.lastIndexOf('/')) === path.replace(/\/$/, '')
      : path.startsWith(`${row.path}/`),
  );
  return step({ ...shown, waste: { group, row: near ?? null, top: null } });
}

/** Shows a wasted path in the layer that holds its bytes, where it still is what it was. */
export function jumpToWaste(model: Model, state: State): Step {
  const row = wasteRow(model, state);
  const { paths } = model;
  const copy = row?.copies.reduce((most, each) => (each.bytes > most.bytes ? each : most));
  if (row === null || paths === null || copy === undefined) return step(state);
  const node = nodeAtPath(paths.union.tree, encodeText(row.path), root);
  if (node === null) return told(state, `${sanitize(row.path)} cannot be found: its name is no text.`);
  const shown = withTree(goToLayer(model, { ...state, focus: 'tree', main: 'tree' }, copy.layer), {
    kind: 'changes',
    pattern: '',
    flipped: state.tree.unfilteredFlipped,
    hideUnchanged: false,
    onlyWaste: false,
    largestIn: null,
  });
  const view = treeView(model, shown, 'tree');
  if (view === null) return step(state);
  return told(
    reveal(paths, view, shown, node),
    `As layer ${copy.layer} has it; wasted by layer ${copy.wastedByLayer}.`,
  );
}

export function copyWastePath(model: Model, state: State): Step {
  const row = wasteRow(model, state);
  return row === null ? step(state) : step(state, { kind: 'copy', text: row.path, what: 'the path' });
}
