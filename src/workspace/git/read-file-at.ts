import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import { LayerscopeError } from '../../errors.ts';
import type { IgnoreFile } from '../find-ignore-file.ts';
import { ignoreCandidates } from '../ignore-candidates.ts';
import type { Repository } from './open-repository.ts';
import { readBlobs } from './read-blobs.ts';
import { readGit } from './run-git.ts';

/** Bytes; as for a Dockerfile on the disk. */
const limit = 4 * 1024 * 1024;

/**
 * The text that a file had in a commit.
 * @param path on the disk @param commit full name
 * @returns null where it was not there; `outside` where it lies in no place that the repository knows about
 * @throws LayerscopeError git-failed
 */
export async function readFileAt(
  repository: Repository,
  commit: string,
  path: string,
): Promise<{ readonly text: string } | 'outside' | null> {
  const inside = await pathInRepository(repository, path);
  if (inside === null) return 'outside';
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}:${inside}`];
  const id = await readGit(repository, args).catch((error: unknown) => {
    if (error instanceof LayerscopeError && error.code === 'git-failed') return null;
    throw error;
  });
  if (id === null) return null;
  const [text] = (await readBlobs(repository, [id.toString().trim()], limit)).values();
  return text === undefined ? null : { text };
}

/** The ignore file of a commit, as a builder finds it; null where there is none. @throws LayerscopeError git-failed */
export async function findIgnoreFileAt(
  repository: Repository,
  commit: string,
  builder: DockerfileBuilder,
  directory: string,
  dockerfile: string,
): Promise<IgnoreFile | null> {
  for (const path of ignoreCandidates(builder, directory, dockerfile)) {
    const found = await readFileAt(repository, commit, path);
    if (found !== null && found !== 'outside') return { path, text: found.text };
  }
  return null;
}

/** Git has the top of its work tree with all links followed; the file itself may be gone. */
async function pathInRepository({ directory }: Repository, path: string): Promise<string | null> {
  const whole = resolve(path);
  const folder = await realpath(dirname(whole)).catch(() => dirname(whole));
  const inside = relative(directory, join(folder, basename(whole)));
  if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') return null;
  return inside.split(sep).join('/');
}
