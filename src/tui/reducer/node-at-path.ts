import { type FileTree, root } from '../../filesystem/file-tree.ts';
import type { ByteString } from '../../text/byte-string.ts';

/**
 * The node that a path names, whether or not it is there now; links in its directories are not followed.
 * @param from the directory that a relative path starts from
 */
export function nodeAtPath(tree: FileTree, path: ByteString, from: number): number | null {
  let node: number | null = path.startsWith('/') ? root : from;
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    node = part === '..' ? tree.parent(node) : tree.child(node, part);
    if (node === null) return null;
  }
  return node;
}
