import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildInputs } from '../../cache/build-inputs.ts';
import { createIgnore, type Ignore } from '../../dockerfile/ignore-file.ts';
import { platformArgs } from '../../dockerfile/platform-args.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import { problem } from '../../errors.ts';
import { hostPlatform } from '../../image/platform.ts';
import type { ReadText } from '../../packages/install-step.ts';
import { findIgnoreFile, type IgnoreFile } from '../../workspace/find-ignore-file.ts';
import { byStamp, type Identify } from '../../workspace/identify.ts';
import { readContext } from '../../workspace/read-context.ts';
import { toWarning, type Warning } from '../../warnings.ts';
import { parseBuildArgs } from '../dockerfile-options.ts';
import type { Host } from '../host.ts';
import { readDockerfile } from '../read-dockerfile.ts';
import { readTextOf } from './read-text-of.ts';
import type { BuildArguments } from './build-options.ts';

/** A build as it would be made now. */
export interface LoadedBuild {
  readonly builder: DockerfileBuilder;
  /** Of the context. */
  readonly directory: string;
  /** The Dockerfile, as a path from here. */
  readonly file: string;
  readonly text: string;
  /** Null where the builder finds none. */
  readonly ignoreFile: IgnoreFile | null;
  readonly ignore: Ignore;
  readonly inputs: BuildInputs;
  readonly textOf: ReadText;
  readonly warnings: readonly Warning[];
}

/** What is asked for, before the context is looked at. */
export interface RequestedBuild extends Pick<BuildInputs, 'dockerfile' | 'target' | 'buildArgs'> {
  readonly file: string;
  readonly text: string;
}

/** Where the build would run. */
export type Machine = Pick<Host, 'platform' | 'arch'>;

/** The arguments as given, and those that a builder on this machine adds. @throws LayerscopeError `usage` */
export function argumentsOf(host: Machine, given: readonly string[]): BuildInputs['buildArgs'] {
  const platform = hostPlatform(host);
  return new Map([...platformArgs('BUILD', platform), ...platformArgs('TARGET', platform), ...parseBuildArgs(given)]);
}

/** Reads the Dockerfile that is meant. @throws LayerscopeError `no-dockerfile`, `invalid-dockerfile`, `usage` */
export function readRequested(host: Machine, args: Omit<BuildArguments, 'builder'>): RequestedBuild {
  const file = args.dockerfile ?? defaultDockerfile(args.context);
  const target = args.target ?? null;
  return { file, target, ...readDockerfile(file, target), buildArgs: argumentsOf(host, args['build-arg']) };
}

/** Reads what a build is made of: Dockerfile, ignore file and context. @throws LayerscopeError */
export async function loadBuild(
  host: Machine,
  args: BuildArguments,
  identify: Identify = byStamp,
): Promise<LoadedBuild> {
  const directory = args.context;
  const builder = args.builder ?? 'buildkit';
  const { file, text, dockerfile, target, buildArgs } = readRequested(host, args);
  const ignoreFile = await findIgnoreFile(builder, directory, file);
  const ignore = createIgnore(ignoreFile?.text ?? '');
  const { tree, oddities } = await readContext(directory, ignore, identify);
  return {
    builder,
    directory,
    file,
    text,
    ignoreFile,
    ignore,
    inputs: { dockerfile, target, buildArgs, context: tree, bases: new Map() },
    textOf: readTextOf(directory, tree),
    warnings: [...dockerfile.oddities, ...oddities].map(toWarning),
  };
}

function defaultDockerfile(directory: string): string {
  const found = ['Dockerfile', 'Containerfile'].map((name) => join(directory, name)).find((path) => existsSync(path));
  if (found === undefined) throw problem('no-dockerfile', { path: directory });
  return found;
}
