import type { Argv } from 'yargs';
import { reporters } from './reporters.ts';

/** Options of every command that reads an image. */
export interface ImageArguments extends RegistryArguments {
  readonly image: string;
  readonly platform: string | undefined;
  readonly verify: boolean;
  readonly quiet: boolean;
}

/** What can be said for an image on the command line. */
export const imageWords =
  'FILE, FILE#TAG, OCI directory, - for standard input, or a name that an engine or a registry knows; docker-archive:, oci-archive:, oci:, registry:, docker: or podman: say which';

export function imageOptions<T>(yargs: Argv<T>): Argv<T & ImageArguments> {
  return readingOptions(yargs.positional('image', { type: 'string', demandOption: true, describe: imageWords }));
}

/** Options of commands that read images, however many. */
export function readingOptions<T>(yargs: Argv<T>): Argv<T & Omit<ImageArguments, 'image'>> {
  const reading = yargs
    .option('platform', { type: 'string', describe: 'os/arch[/variant] of a multi-platform image', requiresArg: true })
    .option('verify', { type: 'boolean', default: false, describe: 'check every blob against its digest' })
    .option('quiet', { type: 'boolean', default: false, describe: 'no progress' });
  return registryOptions(reading);
}

/** For commands that have something to tell of an image whose layers are not read. */
export interface MetadataArguments {
  readonly 'metadata-only': boolean;
}

export function metadataOption<T>(yargs: Argv<T>): Argv<T & MetadataArguments> {
  return yargs.option('metadata-only', {
    type: 'boolean',
    default: false,
    describe: 'manifest and configuration alone: sizes as stored, and history; no layer is read',
  });
}

/** How registries are spoken to. */
export interface RegistryArguments {
  readonly username: string | undefined;
  readonly 'password-stdin': boolean;
  readonly 'tls-ca': string | undefined;
  readonly insecure: boolean;
  /** False with `--no-index-cache`. */
  readonly 'index-cache': boolean;
}

export function registryOptions<T>(yargs: Argv<T>): Argv<T & RegistryArguments> {
  return yargs
    .option('username', {
      type: 'string',
      requiresArg: true,
      describe: 'log in to the registry with it, and with --password-stdin; else as docker and podman are logged in',
    })
    .option('password-stdin', { type: 'boolean', default: false, describe: 'read the password from standard input' })
    .option('tls-ca', { type: 'string', requiresArg: true, describe: 'FILE with certificates to trust a registry by' })
    .option('insecure', { type: 'boolean', default: false, describe: 'speak to the registry without TLS if need be' })
    .option('index-cache', {
      type: 'boolean',
      default: true,
      describe: 'remember the layers of registries; --no-index-cache reads them anew',
    });
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

/** @param formats those there are, by name */
export function reportOptions<T>(yargs: Argv<T>, formats: object = reporters): Argv<T & ReportArguments> {
  return outputOptions(yargs).option('report', {
    type: 'string',
    array: true,
    nargs: 1,
    default: [],
    describe: `FORMAT or FORMAT=FILE, may be repeated; formats: ${Object.keys(formats).join(', ')}`,
  });
}

/** For commands that go by the configuration. */
export interface ConfigArguments {
  readonly config: string | undefined;
}

export function configOption<T>(yargs: Argv<T>): Argv<T & ConfigArguments> {
  return yargs.option('config', {
    type: 'string',
    requiresArg: true,
    describe: 'FILE; by default layerscope.yaml, .layerscope.yaml, layerscope.json or package.json, found upward',
  });
}

/** Options of commands that can open the terminal UI. What is undefined, the configuration and the streams decide. */
export interface TuiArguments {
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
    });
}
