import { snapshotAfter } from '../../filesystem/snapshot.ts';
import { root } from '../../filesystem/file-tree.ts';
import { isDirectory, snapshotOf } from '../../analysis/path-columns.ts';
import { EntryType } from '../../layer/entry-type.ts';
import { linkTarget } from '../../filesystem/walk-path.ts';
import { decodeBytes, printable } from '../../text/byte-string.ts';
import type { Model } from '../model/model.ts';
import type { SortKey } from '../tree/child-order.ts';
import type { Paths, TreeView } from '../tree/paths.ts';
import { type Step, step, told } from './event.ts';
import { cursorNode, subjectOf, treePane, treeView } from './look.ts';
import { nodeAtPath } from './node-at-path.ts';
import { goToLayer } from './pane-list.ts';
import type { State, TreeKind, TreeState } from './state.ts';

/** The tree with the path that the cursor is on. */
interface Place {
  readonly paths: Paths;
  readonly view: TreeView;
  readonly node: number;
  readonly isDir: boolean;
  readonly isOpen: boolean;
}

/** Null where there is no row. */
export function treePlace(model: Model, state: State): Place | null {
  const { paths } = model;
  const view = treeView(model, state, treePane(state));
  const node = view === null ? null : cursorNode(view, state);
  if (paths === null || view === null || node === null) return null;
  return { paths, view, node, isDir: isDirectory(view.columns, node), isOpen: view.open[node] === 1 };
}

/** Changes the tree's part of the state. */
export function withTree(state: State, tree: Partial<TreeState>): State {
  return { ...state, tree: { ...state.tree, ...tree } };
}

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

/** Reads a file as the layer that is looked at has it; of a removed one, what it was. */
function openFile(model: Model, state: State): Step {
  const place = treePlace(model, state);
  if (place === null) return step(state);
  const { paths, view, node } = place;
  const { tree } = paths.union;
  const path = tree.path(node);
  const snapshot = snapshotOf(view.columns, node) ?? lastSnapshot(paths, node);
  const ref = snapshot?.inode(node) ?? null;
  if (snapshot === null || ref === null) return told(state, `${printable(path)} is not there.`);
  if (snapshot.type(node) === EntryType.symlink) return followLink(state, place);
  if (snapshot.type(node) !== EntryType.file) return told(state, `${printable(path)} is no regular file.`);
  const asked = state.asked + 1;
  const layer = subjectOf(model, state, treePane(state)).layer;
  const waiting: State = { ...state, asked, focus: 'file', main: 'file', file: { kind: 'waiting', path, layer, ref } };
  return step(waiting, { kind: 'read', asked, path, ref });
}

/** The filesystem that had a path last, for one that is gone from those that are looked at. */
function lastSnapshot({ union }: Paths, node: number): ReturnType<typeof snapshotOf> {
  for (let layer = union.layers.length - 2; layer >= 0; layer--) {
    const snapshot = snapshotAfter(union, layer);
    if (snapshot.isPresent(node)) return snapshot;
  }
  return null;
}

function followLink(state: State, { paths, view, node }: Place): Step {
  const snapshot = snapshotOf(view.columns, node);
  const target = snapshot === null ? '' : linkTarget(snapshot, node);
  const found = nodeAtPath(paths.union.tree, target, paths.union.tree.parent(node));
  if (found === null || view.filtered.included[found] !== 1)
    return told(state, `It points to ${printable(target)}, which is not shown here.`);
  return told(reveal(paths, view, state, found), `Followed the link to ${printable(target)}.`);
}

/** Puts the cursor on a node, with everything above it open. */
export function reveal({ union }: Paths, view: TreeView, state: State, node: number): State {
  const flipped = new Set(state.tree.flipped);
  for (let at = union.tree.parent(node); at !== root; at = union.tree.parent(at))
    if (view.open[at] !== 1 && !flipped.delete(at)) flipped.add(at);
  return withTree(state, { node, flipped, largestIn: null });
}

export function copyPath(model: Model, state: State): Step {
  const place = treePlace(model, state);
  if (place === null) return step(state);
  const text = decodeBytes(place.paths.union.tree.path(place.node));
  return step(state, { kind: 'copy', text, what: 'the path' });
}

export function copyContent(model: Model, state: State): Step {
  const place = treePlace(model, state);
  const ref = place === null ? null : (snapshotOf(place.view.columns, place.node)?.inode(place.node) ?? null);
  if (place === null || ref === null) return told(state, 'There is no content here.');
  return step(state, { kind: 'copy-content', path: place.paths.union.tree.path(place.node), ref });
}

/** Asks where to. */
export function askExtract(model: Model, state: State): Step {
  if (treePlace(model, state) === null) return step(state);
  return step({ ...state, prompt: { kind: 'extract', text: './extracted' } });
}

export function extractTo(model: Model, state: State, directory: string): Step {
  const place = treePlace(model, state);
  const filesystem = place === null ? null : snapshotOf(place.view.columns, place.node);
  if (place === null || filesystem === null) return told(state, 'There is nothing to extract here.', 'error');
  return step(state, { kind: 'extract', what: { filesystem, node: place.node }, directory });
}

/** A file: what differs from the layer below. A directory: what the layer changed in it. */
export function compareInTree(model: Model, state: State): Step {
  const place = treePlace(model, state);
  if (place === null) return step(state);
  const { layer } = subjectOf(model, state, treePane(state));
  if (place.isDir) {
    const shown = goToLayer(model, state, layer);
    return told(withTree(shown, { kind: 'changes', node: place.node }), `What layer ${layer} changed.`);
  }
  return compareNode(state, place.paths, place.node, layerOf(place) ?? layer);
}

/** The layer that put a path there: it is what to compare with what is below. */
function layerOf({ view, node }: Place): number | null {
  const snapshot = snapshotOf(view.columns, node);
  if (snapshot === null || snapshot === view.columns.before) return null;
  return snapshot.inodeEntry(node) < 0 ? null : snapshot.inodeLayer(node);
}

/** Asks how a file differs between a layer and the one below. */
export function compareNode(state: State, { union }: Paths, node: number, layer: number): Step {
  if (layer === 0) return told(state, 'There is no layer below the first one.');
  const asked = state.asked + 1;
  const below = snapshotAfter(union, layer - 1);
  const here = snapshotAfter(union, layer);
  const ref = here.isPresent(node) && here.type(node) === EntryType.file ? here.inode(node) : null;
  const file: State['file'] = { kind: 'waiting', path: union.tree.path(node), layer, ref };
  return step({ ...state, asked, focus: 'file', main: 'file', file }, { kind: 'compare', asked, below, here, node });
}
