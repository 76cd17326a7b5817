import yargs, { type Argv, type CommandModule } from 'yargs';
import { type LayerscopeError, problem } from '../errors.ts';
import { splitArguments } from '../builds/split-arguments.ts';
import type { Host } from './host.ts';
import { version } from './version.ts';
import { writeOut } from './write-out.ts';

/** Put before `-`, `-#TAG` and what follows `--`, which yargs would take for options. No argument can contain a NUL. */
const mark = '\0';

/** Whatever yargs may take for a wish for help: `-h` among other letters, too, and the bare word. */
const help = /^(?:--help|-[^-]*h|help$)/;

/** Options that may be given several times; of all others the last one counts. */
const repeatable = new Set([
  '_',
  '--',
  'report',
  'build-arg',
  'buildArg',
  'changed',
  'changed-arg',
  'changedArg',
  'changed-base',
  'changedBase',
  'against-build-arg',
  'againstBuildArg',
  'more',
]);

type Add = <Arguments>(command: CommandModule<object, Arguments>) => void;

/** Each is loaded when it is wanted: what the others need takes longer to load than a small image to read. */
const commands = new Map<string, (host: Host, add: Add, builder: readonly string[]) => Promise<void>>([
  ['analyze', async (host, add) => add((await import('./analyze.ts')).analyzeCommand(host))],
  ['ci', async (host, add) => add((await import('./ci.ts')).ciCommand(host))],
  ['ls', async (host, add) => add((await import('./ls.ts')).lsCommand(host))],
  ['cat', async (host, add) => add((await import('./cat.ts')).catCommand(host))],
  ['extract', async (host, add) => add((await import('./extract.ts')).extractCommand(host))],
  ['history', async (host, add) => add((await import('./history.ts')).historyCommand(host))],
  ['diff', async (host, add) => add((await import('./diff.ts')).diffCommand(host))],
  ['build', async (host, add, builder) => add((await import('./build.ts')).buildCommand(host, builder))],
  ['cache', async (host, add) => add((await import('./cache.ts')).cacheCommand(host))],
  ['config', async (host, add) => add((await import('./config.ts')).configCommand(host))],
  ['init', async (host, add) => add((await import('./init.ts')).initCommand(host))],
  ['cache-dir', async (host, add) => add((await import('./cache-dir.ts')).cacheDirCommand(host))],
]);

/** Parses the arguments and runs the command they name. @throws LayerscopeError */
export async function runCommand(host: Host, args: readonly string[]): Promise<void> {
  if (args.length === 0) throw usage('The image is missing');
  let printed = '';
  const parser = yargs();
  // What is meant for a builder is not for yargs to understand.
  const { own, builder } = args[0] === 'build' ? splitArguments(args.slice(1)) : { own: args.slice(1), builder: [] };
  const ours = [...args.slice(0, 1), ...own];
  const rest = await addCommands(parser, host, ours, builder);
  await parser
    .scriptName('layerscope')
    .usage('layerscope: where the bytes of a container image are, which are wasted, and why')
    .version(version)
    .help()
    .alias('help', 'h')
    .strict()
    // Errors are the same everywhere, whatever the language of the shell.
    .locale('en')
    .updateStrings({
      'Not enough non-option arguments: got %s, need at least %s': {
        one: 'An argument is missing: got %s, need at least %s',
        other: 'An argument is missing: got %s, need at least %s',
      } as unknown as string,
    })
    .parserConfiguration({ 'dot-notation': false })
    .middleware(settle, true)
    .wrap(Math.min(100, host.stdout.columns ?? 100))
    .epilogue('Exit status: 0 all is well, 1 a budget or rule failed, 2 anything else.')
    .exitProcess(false)
    .fail((message, error) => {
      // Thrown, for yargs would go on and run the command all the same.
      throw isFailure(error) ? error : usage(explained(message.replaceAll(mark, ''), ours));
    })
    // With a callback yargs hands over the help instead of printing it to the real process.
    .parseAsync(marked(rest), {}, (_error, _argv, output) => {
      printed = output;
    });
  if (printed !== '') await writeOut(host.stdout, `${printed}\n`);
}

/**
 * Adds the command that is meant, or all of them where that is not so sure.
 * @param builder arguments that go on to a builder
 * @returns the arguments that are left to parse
 */
async function addCommands(
  parser: Argv,
  host: Host,
  args: readonly string[],
  builder: readonly string[],
): Promise<readonly string[]> {
  const named = commands.get(args[0] ?? '');
  const rest = named === undefined ? args : args.slice(1);
  const unsure = rest.some((arg) => help.test(arg) || (named === undefined && commands.has(arg)));
  const only = named ?? commands.get('analyze');
  if (unsure || only === undefined) {
    for (const addCommand of commands.values()) await addCommand(host, (command) => parser.command(command), builder);
    return args;
  }
  // Behind a name yargs would lay out the help in case the command fails, which takes longer than to read a small image.
  await only(
    host,
    (command) => parser.command({ ...command, command: `$0${patternOf(command).replace(/^\S+/, '')}` }),
    builder,
  );
  return rest;
}

/** What is no option, whatever it looks like: `-`, and all behind `--`, which yargs would keep apart from its positionals. */
function marked(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  const before = end === -1 ? args : args.slice(0, end);
  const behind = end === -1 ? [] : args.slice(end + 1);
  return [
    ...before.map((arg) => (arg === '-' || arg.startsWith('-#') ? mark + arg : arg)),
    ...behind.map((arg) => mark + arg),
  ];
}

/** Such as `ls <image> [path]`. */
function patternOf({ command }: { readonly command?: readonly string[] | string | undefined }): string {
  return (typeof command === 'string' ? command : command?.[0]) ?? '';
}

/** Takes the marks back out, and the last of what was given more than once. */
function settle(argv: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(argv)) {
    if (!Array.isArray(value)) argv[key] = unmarked(value);
    else argv[key] = repeatable.has(key) ? value.map(unmarked) : unmarked(value.at(-1));
  }
}

function unmarked(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : value;
}

/** Whether it is a command that failed, rather than yargs that did not understand. */
function isFailure(error: unknown): boolean {
  return error instanceof Error && error.name !== 'YError';
}

/** A first word that is no command is taken for an image, which explains little where there is a second one. */
function explained(message: string, args: readonly string[]): string {
  const [first = ''] = args;
  const extra = message.startsWith('Unknown argument: ') && args.includes(message.slice('Unknown argument: '.length));
  return extra && !first.startsWith('-') && !commands.has(first) ? `${message} (${first} is no command)` : message;
}

function usage(message: string): LayerscopeError {
  return problem('usage', { message: `${message.split('\n', 1)[0]}. See layerscope --help.` });
}
