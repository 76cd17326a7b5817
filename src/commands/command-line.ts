import yargs from 'yargs';
import { type LayerscopeError, problem } from '../errors.ts';
import { analyzeCommand } from './analyze.ts';
import { cacheDirCommand } from './cache-dir.ts';
import { catCommand } from './cat.ts';
import { extractCommand } from './extract.ts';
import { historyCommand } from './history.ts';
import type { Host } from './host.ts';
import { lsCommand } from './ls.ts';
import { version } from './version.ts';
import { writeOut } from './write-out.ts';

/** Put before `-` and `-#TAG`, which yargs would take for options. No argument can contain a NUL. */
const mark = '\0';

/** Options that may be given several times; of all others the last one counts. */
const repeatable = new Set(['_', '--', 'report', 'build-arg', 'buildArg']);

const commands = new Set(['analyze', 'ls', 'cat', 'extract', 'history', 'cache-dir']);

/** Parses the arguments and runs the command they name. @throws LayerscopeError */
export async function runCommand(host: Host, args: readonly string[]): Promise<void> {
  if (args.length === 0) throw usage('The image is missing');
  let printed = '';
  await yargs()
    .scriptName('layerscope')
    .usage('layerscope: where the bytes of a container image are, which are wasted, and why')
    .command(analyzeCommand(host))
    .command(lsCommand(host))
    .command(catCommand(host))
    .command(extractCommand(host))
    .command(historyCommand(host))
    .command(cacheDirCommand(host))
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
      throw isFailure(error) ? error : usage(explained(message.replaceAll(mark, ''), args));
    })
    // With a callback yargs hands over the help instead of printing it to the real process.
    .parseAsync(
      args.map((arg) => (arg === '-' || arg.startsWith('-#') ? mark + arg : arg)),
      {},
      (_error, _argv, output) => {
        printed = output;
      },
    );
  if (printed !== '') await writeOut(host.stdout, `${printed}\n`);
}

/** Takes the marks back out, and the last of what was given more than once. */
function settle(argv: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(argv)) {
    const last: unknown = Array.isArray(value) && !repeatable.has(key) ? value.at(-1) : value;
    argv[key] = typeof last === 'string' && last.startsWith(mark) ? last.slice(mark.length) : last;
  }
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
