import { join } from 'node:path';
import { type DirectoryNode, withChanges } from '../../context/context-tree.ts';
import { IgnoredTree } from '../../context/ignored-tree.ts';
import type { Ignore } from '../../dockerfile/ignore-file.ts';
import { problem } from '../../errors.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Oddity, OddityTally } from '../../warnings.ts';
import { byStamp, type Identify } from '../identify.ts';
import { readContext } from '../read-context.ts';
import { asItWas } from './as-it-was.ts';
import { byBlobId } from './blob-id.ts';
import { gitDirectory, gitDirectoryAt } from './git-directory.ts';
import { type Repository, resolveCommit } from './open-repository.ts';
import { readHistory } from './read-history.ts';
import { readWorkTreeState } from './work-tree-state.ts';

/** A context then and now, each without what its ignore file leaves out. Content that is the same is called the same. */
export interface ContextsSince {
  readonly before: DirectoryNode;
  readonly after: DirectoryNode;
  readonly oddities: readonly Oddity[];
}

/**
 * The context as a commit had it, and as it lies there now. Nobody knows the modes of that time but for one bit, nor what git
 * is told to ignore: both count as they are now.
 * @param commit full name @param ignores then and now
 * @throws LayerscopeError no-work-tree, not-readable, context-too-large, git-failed, history-too-large
 */
export async function readSince(
  repository: Repository,
  commit: string,
  ignores: { readonly before: Ignore; readonly after: Ignore },
): Promise<ContextsSince> {
  const { directory, prefix, hasWorkTree, holdsGitDirectory, algorithm } = repository;
  if (!hasWorkTree) throw problem('no-work-tree', { path: directory });
  const state = await readWorkTreeState(repository);
  const byId = byBlobId(algorithm);
  const identify: Identify = (file) => (isIgnored(state.ignored, file.path) ? byStamp(file) : byId(file));
  const ignore = leftOutByBoth(ignores.before, ignores.after, holdsGitDirectory);
  const read = await readContext(join(directory, prefix), ignore, identify);
  const head = holdsGitDirectory ? [gitDirectoryAt(await resolveCommit(repository, 'HEAD'))] : [];
  const now = withChanges(read.tree, head);
  const { start } = await readHistory(repository, { count: 0, to: commit });
  const then = asItWas(now, start.tree, state);
  const before = new IgnoredTree(ignores.before).of(then.tree);
  const after = new IgnoredTree(ignores.after).of(now);
  const tally = new OddityTally();
  for (const path of then.unknown.filter((one) => !ignores.after.ignores(one)))
    tally.note('context-unknown-before', () => sanitize(path));
  return { before, after, oddities: [...read.oddities, ...tally.list()] };
}

/** What is in neither context need not be read; git's own directory is not read in any case. */
function leftOutByBoth(before: Ignore, after: Ignore, holdsGitDirectory: boolean): Ignore {
  const isGit = (path: string): boolean => holdsGitDirectory && path === gitDirectory;
  return {
    malformed: [],
    ignores: (path) => isGit(path) || (before.ignores(path) && after.ignores(path)),
    ignoresAll: (path) => isGit(path) || (before.ignoresAll(path) && after.ignoresAll(path)),
  };
}

function isIgnored(ignored: ReadonlySet<string>, path: string): boolean {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    if (ignored.has(path.slice(0, end))) return true;
  return ignored.has(path);
}
