import { isDirectory } from '../../analysis/path-columns.ts';
import { root } from '../../filesystem/file-tree.ts';
import type { Model } from '../model/model.ts';
import type { Paths, TreeView } from '../tree/paths.ts';
import { cursorNode, treePane, treeView } from './look.ts';
import type { State, TreeState } from './state.ts';

/** The tree with the path that the cursor is on. */
export interface Place {
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

/** Puts the cursor on a node, with everything above it open. */
export function reveal({ union }: Paths, view: TreeView, state: State, node: number): State {
  const flipped = new Set(state.tree.flipped);
  for (let at = union.tree.parent(node); at !== root; at = union.tree.parent(at))
    if (view.open[at] !== 1 && !flipped.delete(at)) flipped.add(at);
  return withTree(state, { node, flipped, largestIn: null });
}
