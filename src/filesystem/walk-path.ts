import { EntryType } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';
import { type FileTree, root } from './file-tree.ts';
import type { Filesystem } from './filesystem.ts';

/** As Linux. */
export const linkLimit = 40;

/** What can stand in the way of a path. `link` is the symbolic link met first, if any. */
export type Obstacle =
  | { readonly kind: 'missing'; readonly parent: number; readonly name: ByteString }
  | { readonly kind: 'not-directory'; readonly node: number }
  | { readonly kind: 'loop'; readonly link: number };

/**
 * Follows a path of directories from the root, symbolic links resolved within it: `..` and absolute targets stay inside.
 * @param onLink told each link that is followed
 * @param onObstacle may give the directory to go on with; null ends the walk
 * @returns the directory's node, or null
 */
export function walkDirectories(
  tree: FileTree,
  path: ByteString,
  onObstacle: (obstacle: Obstacle) => number | null,
  onLink: (node: number) => unknown = () => {},
): number | null {
  let node = root;
  let followed = 0;
  let firstLink = root;
  const rest = path.split('/').toReversed();
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      node = tree.parent(node);
      continue;
    }
    const child = tree.child(node, part);
    let next: number | null = child;
    if (child === null || !tree.isPresent(child)) next = onObstacle({ kind: 'missing', parent: node, name: part });
    else if (tree.type(child) === EntryType.symlink) {
      if (followed++ === 0) firstLink = child;
      if (followed <= linkLimit) {
        onLink(child);
        const target = linkTarget(tree, child);
        if (target.startsWith('/')) node = root;
        for (const step of target.split('/').toReversed()) rest.push(step);
        continue;
      }
      return onObstacle({ kind: 'loop', link: firstLink });
    } else if (tree.type(child) !== EntryType.dir) next = onObstacle({ kind: 'not-directory', node: child });
    if (next === null) return null;
    node = next;
  }
  return node;
}

/** The target of a symbolic link, as stored. */
export function linkTarget(tree: Filesystem, node: number): ByteString {
  const inode = tree.inode(node);
  return inode === null ? '' : (tree.layers[inode.layer]?.link(inode.entry) ?? '');
}
