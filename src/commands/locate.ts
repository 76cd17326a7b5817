import { problem } from '../errors.ts';
import type { FileTree } from '../filesystem/file-tree.ts';
import { findPath } from '../filesystem/find-path.ts';
import { encodeText } from '../text/byte-string.ts';

/**
 * The node that a path from the command line names.
 * @param last whether a symbolic link at the end is what is meant, or what it points at
 * @throws LayerscopeError `no-such-path`, `path-loop`
 */
export function locate(tree: FileTree, path: string, last: 'keep' | 'follow'): number {
  const found = findPath(tree, encodeText(path), last);
  switch (found.kind) {
    case 'node':
      return found.node;
    case 'missing':
      throw problem('no-such-path', { path, where: 'the image' });
    case 'loop':
      throw problem('path-loop', { path });
  }
}
