import { snapshotOf } from '../../analysis/path-columns.ts';
import { snapshotAfter } from '../../filesystem/snapshot.ts';
import { linkTarget } from '../../filesystem/walk-path.ts';
import { EntryType } from '../../layer/entry-type.ts';
import { decodeBytes, printable } from '../../text/byte-string.ts';
import type { Model } from '../model/model.ts';
import type { Paths } from '../tree/paths.ts';
import { type Step, step, told } from '../state/event.ts';
import { subjectOf, treePane } from '../state/look.ts';
import { nodeAtPath } from './node-at-path.ts';
import { goToLayer } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';
import { type Place, reveal, treePlace, withTree } from '../state/tree-place.ts';

/** Reads a file as the layer that is looked at has it; of a removed one, what it was. */
export function openFile(model: Model, state: State): Step {
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
