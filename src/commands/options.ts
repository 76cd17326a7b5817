import type { Argv } from 'yargs';

/** Options of every command that reads an image. */
export interface ImageArguments {
  readonly image: string;
  readonly platform: string | undefined;
  readonly verify: boolean;
  readonly quiet: boolean;
}

export function imageOptions<T>(yargs: Argv<T>): Argv<T & ImageArguments> {
  return yargs
    .positional('image', {
      type: 'string',
      demandOption: true,
      describe: 'FILE, FILE#TAG, OCI directory, - for standard input; docker-archive:, oci-archive: or oci: say which',
    })
    .option('platform', { type: 'string', describe: 'os/arch[/variant] of a multi-platform image', requiresArg: true })
    .option('verify', { type: 'boolean', default: false, describe: 'check every blob against its digest' })
    .option('quiet', { type: 'boolean', default: false, describe: 'no progress' });
}

/** Options of commands that print something for people or for scripts. */
export interface OutputArguments {
  readonly json: boolean;
  /** False with `--no-color`. */
  readonly color: boolean;
}

export function outputOptions<T>(yargs: Argv<T>): Argv<T & OutputArguments> {
  return yargs
    .option('json', { type: 'boolean', default: false, describe: 'print JSON' })
    .option('color', { type: 'boolean', default: true, describe: 'colours on a terminal' });
}

/** Options of commands that make a report. */
export interface ReportArguments extends OutputArguments {
  readonly report: readonly string[];
}

export function reportOptions<T>(yargs: Argv<T>): Argv<T & ReportArguments> {
  return outputOptions(yargs).option('report', {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    describe: 'FORMAT or FORMAT=FILE, may be repeated; formats: text, json, markdown',
  });
}

/** Options of commands that can open the terminal UI. What is undefined, the configuration and the streams decide. */
export interface TuiArguments {
  readonly config: string | undefined;
  readonly mouse: boolean | undefined;
  readonly tui: boolean | undefined;
}

export function tuiOptions<T>(yargs: Argv<T>): Argv<T & TuiArguments> {
  return yargs
    .option('tui', {
      type: 'boolean',
      describe: 'the terminal UI; on a terminal by default, --no-tui prints the report',
    })
    .option('mouse', {
      type: 'boolean',
      describe: 'clicks and the wheel in it; --no-mouse leaves them to the terminal',
    })
    .option('config', {
      type: 'string',
      requiresArg: true,
      describe: 'FILE; by default layerscope.yaml, .layerscope.yaml, layerscope.json or package.json, found upward',
    });
}
