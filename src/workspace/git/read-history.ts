import type { CommitHistory } from '../../cache/replay/commit-history.ts';
import { emptyContext, type TreeChange, withChanges } from '../../context/context-tree.ts';
import { problem } from '../../errors.ts';
import { gitDirectoryAt } from './git-directory.ts';
import { type GitEntry, readLinkTargets, toNode } from './git-entry.ts';
import { listCommits } from './list-commits.ts';
import { listTree } from './list-tree.ts';
import { type Repository, resolveCommit } from './open-repository.ts';

/**
 * The last commits along the first parents, and the tree before them. Where the history has no more commits than wanted, or a
 * shallow clone knows no more, the oldest one is where it starts.
 * @param options `count` of commits; `to`, the revision that is the newest of them
 * @throws LayerscopeError unknown-revision, git-failed, history-too-large
 */
export async function readHistory(
  repository: Repository,
  { count, to }: { readonly count: number; readonly to: string },
): Promise<CommitHistory> {
  const newest = await resolveCommit(repository, to);
  const [oldest, ...listed] = (await listCommits(repository, newest, count + 1)).toReversed();
  if (oldest === undefined) throw problem('unknown-revision', { path: repository.directory, revision: to });
  const entries = await listTree(repository, oldest.id);
  const targets = await readLinkTargets(repository, [...entries, ...listed.flatMap((commit) => commit.entries)]);
  const changesOf = (id: string, changed: readonly GitEntry[]): TreeChange[] => [
    ...(repository.holdsGitDirectory ? [gitDirectoryAt(id)] : []),
    ...changed.map((entry) => ({ path: entry.path, node: toNode(entry, targets) })),
  ];
  return {
    start: { id: oldest.id, tree: withChanges(emptyContext, changesOf(oldest.id, entries), 'go') },
    commits: listed.map(({ id, date, subject, entries: changed }) => ({
      id,
      date,
      subject,
      changes: changesOf(id, changed),
    })),
  };
}
