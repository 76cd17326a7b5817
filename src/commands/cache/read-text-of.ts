import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { type DirectoryNode, nodeAt } from '../../context/context-tree.ts';
import { LayerscopeError } from '../../errors.ts';
import type { ReadText } from '../../packages/install-step.ts';
import { readWholeFile } from '../read-whole-file.ts';

/** Longer than manifests are; a lock file of a large project has some megabytes. */
const limit = 16 * 1024 * 1024;

/** Reads texts of a context. What is no file in its tree is not read, so no link leads out of it. */
export function readTextOf(directory: string, tree: DirectoryNode): ReadText {
  return (path) => {
    if (nodeAt(tree, path)?.kind !== 'file') return null;
    try {
      const bytes = readWholeFile(join(directory, path), limit);
      return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null;
    } catch (error) {
      if (error instanceof LayerscopeError) return null;
      throw error;
    }
  };
}
