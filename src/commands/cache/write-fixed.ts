import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { FixedFile } from '../../cache/fix/fix.ts';
import { problem } from '../../errors.ts';
import { readFileAt } from '../../workspace/git/read-file-at.ts';
import { type Repository, resolveCommit } from '../../workspace/git/open-repository.ts';
import type { Host } from '../host.ts';
import { writeNew, writeWhole } from '../write-whole.ts';
import type { LoadedBuild } from './load-build.ts';
import { findRepository, unlessCode } from './load-replay.ts';

/** What was written, and where what git does not have was put. */
export interface WrittenFix {
  readonly written: readonly string[];
  readonly backups: readonly string[];
}

/**
 * Writes the changed files, each all at once; links stay links. What was there is kept beside it as `FILE.orig`, unless it
 * is what the last commit has.
 * @throws LayerscopeError `target-failed`, `file-exists` where there is such a copy already, `invalid-dockerfile`
 */
export async function writeFixed(
  host: Host,
  { directory, file, ignoreFile }: LoadedBuild,
  files: readonly FixedFile[],
): Promise<WrittenFix> {
  const repository = await findRepository(directory, host);
  const plans = await Promise.all(
    files.map(async ({ role, before, after }) => {
      const path = role === 'dockerfile' ? file : (ignoreFile?.path ?? join(directory, '.dockerignore'));
      // Bytes that are no UTF-8 are lost by now.
      if (before?.includes('\uFFFD') === true)
        throw problem('invalid-dockerfile', { path, reason: 'it is not UTF-8 all through, so it is not written anew' });
      const safe = before === null || (await isCommitted(repository, path, before));
      return { path, after, backup: safe ? null : { path: `${realpathSync(path)}.orig`, text: before } };
    }),
  );
  const backups = plans.flatMap(({ backup }) => backup ?? []);
  for (const { path, text } of backups) writeNew(path, text);
  for (const { path, after } of plans) writeWhole(path, after);
  return { written: plans.map(({ path }) => path), backups: backups.map(({ path }) => path) };
}

async function isCommitted(repository: Repository | null, path: string, text: string): Promise<boolean> {
  if (repository === null) return false;
  const head = await resolveCommit(repository, 'HEAD').catch(unlessCode('unknown-revision'));
  if (head === null) return false;
  const committed = await readFileAt(repository, head, realpathSync(path));
  return committed !== null && committed !== 'outside' && committed.text === text;
}
