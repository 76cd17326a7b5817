import yargs from 'yargs';
import { type LayerscopeError, problem } from '../errors.ts';
import { analyzeCommand } from './analyze.ts';
import { catCommand } from './cat.ts';
import { extractCommand } from './extract.ts';
import { historyCommand } from './history.ts';
import type { Host } from './host.ts';
import { lsCommand } from './ls.ts';
import { version } from './version.ts';

/** Parses the arguments and runs the command they name. @throws LayerscopeError */
export async function runCommand(host: Host, args: readonly string[]): Promise<void> {
  let failure: unknown = null;
  await yargs([...args])
    .scriptName('layerscope')
    .usage('layerscope: where the bytes of a container image are, which are wasted, and why')
    .command(analyzeCommand(host))
    .command(lsCommand(host))
    .command(catCommand(host))
    .command(extractCommand(host))
    .command(historyCommand(host))
    .version(version)
    .help()
    .alias('help', 'h')
    .strict()
    .parserConfiguration({ 'dot-notation': false, 'duplicate-arguments-array': false })
    .wrap(Math.min(100, host.stdout.columns ?? 100))
    .epilogue('Exit status: 0 all is well, 1 a budget or rule failed, 2 anything else.')
    .exitProcess(false)
    .fail((message, error) => {
      failure = error instanceof Error ? error : usage(message);
    })
    .parseAsync();
  if (failure !== null) throw failure;
}

function usage(message: string): LayerscopeError {
  return problem('usage', { message: `${message.split('\n', 1)[0]}. See layerscope --help.` });
}
