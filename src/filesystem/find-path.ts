import { EntryType } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { FileTree } from './file-tree.ts';
import type { Filesystem } from './filesystem.ts';
import { linkLimit, linkTarget, walkDirectories } from './walk-path.ts';

/** Where a path leads, or why nowhere. */
export type Found = { readonly kind: 'node'; readonly node: number } | { readonly kind: 'missing' | 'loop' };

/**
 * Finds a path as a process in the container would, links in its directories followed inside the root.
 * @param last whether a symbolic link at the end is what is meant, or what it points at
 */
export function findPath(tree: FileTree, path: ByteString, last: 'keep' | 'follow'): Found {
  let wanted = path;
  for (let followed = 0; followed <= linkLimit; followed++) {
    const parts = wanted.split('/').filter((part) => part !== '' && part !== '.');
    // `..` at the end, or nothing at all, names a directory.
    const name = parts.at(-1) === '..' ? undefined : parts.pop();
    let loop = false;
    const dir = walkDirectories(tree, parts.join('/'), (obstacle) => {
      loop ||= obstacle.kind === 'loop';
      return null;
    });
    if (dir === null) return { kind: loop ? 'loop' : 'missing' };
    if (name === undefined) return { kind: 'node', node: dir };
    const node = tree.child(dir, name);
    if (node === null || !tree.isPresent(node)) return { kind: 'missing' };
    if (last === 'keep' || tree.type(node) !== EntryType.symlink) return { kind: 'node', node };
    const target = linkTarget(tree, node);
    wanted = target.startsWith('/') ? target : `${tree.path(dir)}/${target}`;
  }
  return { kind: 'loop' };
}

/** All present nodes below one, itself not included, each directory before what is in it. Not recursive: any depth. */
export function* nodesBelow(tree: Filesystem, node: number): Generator<number, void, void> {
  const waiting = tree.list(node).toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    if (tree.type(next) !== EntryType.dir) continue;
    const children = tree.list(next);
    for (let at = children.length - 1; at >= 0; at--) waiting.push(children[at] ?? 0);
  }
}
