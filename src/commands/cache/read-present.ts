import { join } from 'node:path';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import { problem } from '../../errors.ts';
import { findIgnoreFile, type IgnoreFile } from '../../workspace/find-ignore-file.ts';
import { type Repository, resolveCommit } from '../../workspace/git/open-repository.ts';
import { findIgnoreFileAt, readFileAt } from '../../workspace/git/read-file-at.ts';
import { checkDockerfile } from '../read-dockerfile.ts';
import type { BuildArguments } from './build-options.ts';
import type { HistoryArguments } from './history-options.ts';
import { argumentsOf, type Machine, readRequested, type RequestedBuild } from './load-build.ts';

/** The Dockerfile that a history is replayed with. */
export interface PresentBuild extends RequestedBuild {
  readonly findIgnoreFile: (builder: DockerfileBuilder) => Promise<IgnoreFile | null>;
}

/**
 * Reads the Dockerfile as it lies there; of a repository without a work tree, as the last commit has it.
 * @throws LayerscopeError `no-dockerfile`, `invalid-dockerfile`, `usage`, `unknown-revision`
 */
export async function readPresent(
  host: Machine,
  repository: Repository,
  args: Omit<BuildArguments, 'builder'> & HistoryArguments,
): Promise<PresentBuild> {
  const { directory, hasWorkTree } = repository;
  if (hasWorkTree) {
    const requested = readRequested(host, args);
    return { ...requested, findIgnoreFile: (builder) => findIgnoreFile(builder, args.context, requested.file) };
  }
  const commit = await resolveCommit(repository, args.to);
  const requested =
    args.dockerfile === undefined ? await readCommitted(host, repository, commit, args) : readRequested(host, args);
  return {
    ...requested,
    findIgnoreFile: (builder) =>
      findIgnoreFileAt(repository, commit, builder, directory, join(directory, requested.file)),
  };
}

async function readCommitted(
  host: Machine,
  repository: Repository,
  commit: string,
  args: Omit<BuildArguments, 'builder'>,
): Promise<RequestedBuild> {
  const target = args.target ?? null;
  for (const file of ['Dockerfile', 'Containerfile']) {
    const found = await readFileAt(repository, commit, join(repository.directory, file));
    if (found === null || found === 'outside') continue;
    const dockerfile = checkDockerfile(found.text, file, target);
    return { file, text: found.text, dockerfile, target, buildArgs: argumentsOf(host, args['build-arg']) };
  }
  throw problem('no-dockerfile', { path: repository.directory });
}
