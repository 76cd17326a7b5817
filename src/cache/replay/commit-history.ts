import type { DirectoryNode, TreeChange } from '../../context/context-tree.ts';

/** A commit, as the build context sees it. */
export interface Commit {
  /** Full hexadecimal name. */
  readonly id: string;
  /** When it was committed, RFC 3339. */
  readonly date: string;
  /** First line of the message, not sanitised. */
  readonly subject: string;
  /** Against the first parent, in paths of the context. Nothing is ignored yet. */
  readonly changes: readonly TreeChange[];
}

/** Commits along the first parents. */
export interface CommitHistory {
  /** The commit before the first of `commits`: what the cache is filled with. Its tree, nothing ignored. */
  readonly start: { readonly id: string; readonly tree: DirectoryNode };
  /** Oldest first. */
  readonly commits: readonly Commit[];
}
