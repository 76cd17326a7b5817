import { root } from '../../filesystem/file-tree.ts';
import { nodesBelow } from '../../filesystem/find-path.ts';
import type { Union } from '../../filesystem/union.ts';

/** Files in directories named `.git`, at any depth, that the final filesystem shows: what `**` + `/.git/**` counts. */
export function countGitFiles({ tree }: Union): number {
  let count = 0;
  for (const node of nodesBelow(tree, root)) if (!tree.isDir(node) && isInGit(tree.path(node))) count++;
  return count;
}

function isInGit(path: string): boolean {
  return path.includes('/.git/');
}
