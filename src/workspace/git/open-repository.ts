import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LayerscopeError, problem } from '../../errors.ts';
import { gitDirectory } from './git-directory.ts';
import { type GitPlace, readGit } from './run-git.ts';

/** A repository, as found from a directory in it. */
export interface Repository extends GitPlace {
  /** The top of the work tree, or, where there is none, the repository itself. */
  readonly directory: string;
  /** Where the directory is in it: without slashes at its ends; empty for the top, and where there is no work tree. */
  readonly prefix: string;
  /** False for a bare one. */
  readonly hasWorkTree: boolean;
  /** Whether the directory has git's own in it; in a linked work tree and in a submodule that is a file which stays as it is. */
  readonly holdsGitDirectory: boolean;
  /** Of the names of its objects. */
  readonly algorithm: 'sha1' | 'sha256';
}

/**
 * Finds the repository that a directory belongs to.
 * @throws LayerscopeError no-context, not-a-repository, git-missing, git-unsafe, git-failed
 */
export async function openRepository(directory: string, env: GitPlace['env']): Promise<Repository> {
  // Else what is said to be missing would be git.
  if (!(await isDirectory(directory))) throw problem('no-context', { path: directory });
  const place = { directory: await realpath(directory), env };
  const told = await tell(place, ['--is-inside-work-tree', '--show-object-format', '--show-prefix']);
  // A name may have line ends of its own, so what can be a name comes last.
  const [inside, format, ...prefix] = told.split('\n');
  const algorithm = format === 'sha256' ? 'sha256' : 'sha1';
  if (inside !== 'true') return { ...place, prefix: '', hasWorkTree: false, holdsGitDirectory: false, algorithm };
  return {
    directory: await tell(place, ['--show-toplevel']),
    env,
    prefix: prefix.join('\n').replace(/\/$/, ''),
    hasWorkTree: true,
    holdsGitDirectory: await isDirectory(join(directory, gitDirectory)),
    algorithm,
  };
}

/** The full name of the commit that a revision means. @throws LayerscopeError unknown-revision */
export async function resolveCommit(repository: Repository, revision: string): Promise<string> {
  const unknown = problem('unknown-revision', { revision, path: repository.directory });
  if (revision === '' || revision.includes('\0')) throw unknown;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const name = await readGit(repository, args).catch((error: unknown) => {
    throw error instanceof LayerscopeError && error.code === 'git-failed' ? unknown : error;
  });
  const id = name.toString().trim();
  if (!/^[0-9a-f]{40,64}$/.test(id)) throw unknown;
  return id;
}

async function tell(place: GitPlace, questions: readonly string[]): Promise<string> {
  return (await readGit(place, ['rev-parse', ...questions])).toString().replace(/\n$/, '');
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
