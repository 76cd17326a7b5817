import type { TreeChange } from '../../context/context-tree.ts';
import { contentOfCommit } from './content-name.ts';

export const gitDirectory = '.git';

/**
 * What stands for git's own directory in a context that takes it in: every commit changes something in it, and which one is
 * checked out is all that is known of it.
 */
export function gitDirectoryAt(commit: string): TreeChange {
  return { path: `${gitDirectory}/HEAD`, node: { kind: 'file', mode: 0o644, content: contentOfCommit(commit) } };
}
