import type { Argv } from 'yargs';
import { type DockerfileBuilder, dockerfileBuilders } from '../../dockerfile/step-record.ts';

/** Options of commands that look at a Dockerfile and its build context. */
export interface BuildArguments {
  /** The directory. */
  readonly context: string;
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  readonly 'build-arg': readonly string[];
  readonly builder: DockerfileBuilder | undefined;
}

export function buildOptions<T>(yargs: Argv<T>): Argv<T & BuildArguments> {
  return yargs
    .positional('context', { type: 'string', default: '.', describe: 'the build context, a directory' })
    .option('dockerfile', {
      alias: 'd',
      type: 'string',
      requiresArg: true,
      describe: 'FILE, from here; default: Dockerfile in the context',
    })
    .option('target', { type: 'string', requiresArg: true, describe: 'the stage to build; default: the last' })
    .option('build-arg', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [],
      describe: 'NAME=VALUE of the build, may be repeated',
    })
    .option('builder', {
      choices: dockerfileBuilders,
      requiresArg: true,
      describe: "whose cache it is; default: the image's, else buildkit",
    });
}
