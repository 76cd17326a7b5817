import type { BuildInputs } from '../../cache/build-inputs.ts';
import { createIgnore } from '../../dockerfile/ignore-file.ts';
import { problem } from '../../errors.ts';
import { toWarning } from '../../warnings.ts';
import { openRepository, resolveCommit } from '../../workspace/git/open-repository.ts';
import { findIgnoreFileAt, readFileAt } from '../../workspace/git/read-file-at.ts';
import { readSince } from '../../workspace/git/read-since.ts';
import type { Host } from '../host.ts';
import { checkDockerfile } from '../read-dockerfile.ts';
import type { BuildArguments } from './build-options.ts';
import { type LoadedBuild, loadBuild } from './load-build.ts';

/** A build as a revision had it, and as it would be now. */
export interface BuildSince {
  readonly before: BuildInputs;
  readonly now: LoadedBuild;
  /** What to know about the answer. */
  readonly notes: readonly string[];
}

/** Reads a build as it was at a revision of git, and as it is in the work tree. @throws LayerscopeError */
export async function loadSince(host: Host, args: BuildArguments, revision: string): Promise<BuildSince> {
  const repository = await openRepository(args.context, host.env);
  const commit = await resolveCommit(repository, revision);
  const now = await loadBuild(host, args);
  const { directory, file, builder, ignore, inputs } = now;
  const then = await readFileAt(repository, commit, file);
  if (then === null)
    throw problem('invalid-dockerfile', { path: file, reason: `revision ${revision} does not have it` });
  const notes = then === 'outside' ? [`${file} is not in the repository: taken as it is now.`] : [];
  const dockerfile = then === 'outside' ? inputs.dockerfile : checkDockerfile(then.text, file, inputs.target);
  const ignoreFile = await findIgnoreFileAt(repository, commit, builder, directory, file);
  const ignores = { before: createIgnore(ignoreFile?.text ?? ''), after: ignore };
  const { before, after, oddities } = await readSince(repository, commit, ignores);
  return {
    before: { ...inputs, dockerfile, context: before },
    now: { ...now, inputs: { ...inputs, context: after }, warnings: oddities.map(toWarning) },
    notes,
  };
}
