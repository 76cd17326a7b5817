import { type FileTree, root } from '../filesystem/file-tree.ts';
import type { LayerView } from '../filesystem/layer-view.ts';
import type { GlobSet, GlobState } from '../globs/glob-set.ts';

/**
 * Visits every node that some pattern fits, absent ones included: the paths of all layers. Only the directories on the way
 * are held, so that an image cannot make up more states than it has levels.
 */
export function walkGlobs(
  tree: FileTree,
  globs: GlobSet,
  visit: (node: number, matched: GlobState['matched']) => void,
): void {
  const waiting = [...tree.childrenOf(root)].map((node) => ({ node, from: globs.start }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, from } = next;
    const state = globs.step(from, tree.name(node));
    if (state.matched.length > 0) visit(node, state.matched);
    for (const child of tree.childrenOf(node)) waiting.push({ node: child, from: state });
  }
}

/** The patterns that fit an entry's own path: of content that never had a place in the tree. */
export function matchEntry(globs: GlobSet, view: LayerView | undefined, entry: number): GlobState['matched'] {
  const names = (view?.path(entry) ?? '').split('/');
  return names.reduce((state, name) => globs.step(state, name), globs.start).matched;
}
