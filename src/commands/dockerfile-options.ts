import type { Argv } from 'yargs';
import { type DockerfileBuilder, dockerfileBuilders } from '../dockerfile/step-record.ts';
import { problem } from '../errors.ts';

/** Options of commands that join an image to its Dockerfile. */
export interface DockerfileArguments {
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  readonly 'build-arg': readonly string[];
  readonly base: string | undefined;
  readonly 'metadata-file': string | undefined;
}

export function dockerfileOptions<T>(yargs: Argv<T>): Argv<T & DockerfileArguments> {
  return yargs
    .option('dockerfile', {
      alias: 'd',
      type: 'string',
      requiresArg: true,
      describe: 'the Dockerfile it was built from',
    })
    .option('target', { type: 'string', requiresArg: true, describe: 'the stage that was built; default: the last' })
    .option('build-arg', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [],
      describe: 'NAME=VALUE of the build, may be repeated; mostly told from the image',
    })
    .option('base', { type: 'string', requiresArg: true, describe: 'the base image, to tell its layers from your own' })
    .option('metadata-file', {
      type: 'string',
      requiresArg: true,
      describe: 'what buildx build --metadata-file wrote, with the provenance in it',
    });
}

/** Where the Dockerfile was built, and who built it: what findings about the cache want to know. */
export interface BuildPlaceArguments {
  readonly context: string | undefined;
  readonly builder: DockerfileBuilder | undefined;
}

export function buildPlaceOptions<T>(yargs: Argv<T>): Argv<T & BuildPlaceArguments> {
  return yargs
    .option('context', {
      type: 'string',
      requiresArg: true,
      describe: 'the build context, a directory: measures by its git history what lines cost each build',
    })
    .option('builder', {
      choices: dockerfileBuilders,
      requiresArg: true,
      describe: "whose cache findings are about; default: told from the image's history",
    });
}

/** Reads `--build-arg NAME=VALUE`. @throws LayerscopeError `usage` */
export function parseBuildArgs(args: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    args.map((arg) => {
      const equals = arg.indexOf('=');
      if (equals < 1) throw problem('usage', { message: `--build-arg ${arg}: expected NAME=VALUE.` });
      return [arg.slice(0, equals), arg.slice(equals + 1)];
    }),
  );
}
