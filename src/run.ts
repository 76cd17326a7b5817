import { inspect } from 'node:util';
import { ExitStatus } from './commands/exit-status.ts';
import type { Host } from './commands/host.ts';
import { ReaderGone, writeOut } from './commands/write-out.ts';
import { LayerscopeError, problem, reasonOf } from './errors.ts';

/** Everything but success and a failed budget or rule. */
const failed = 2;

/**
 * Runs the command line and tells the exit status: 0 all is well, 1 an image failed its budgets or rules, 2 anything that
 * kept the command from its result; that of a builder that failed.
 * Nothing is thrown, and nothing but the command's own output goes to standard output.
 */
export async function run(host: Host): Promise<number> {
  // A reader that goes away ends the command quietly; the write that notices says so itself.
  host.stdout.on('error', () => {});
  host.stderr.on('error', () => {});
  try {
    const args = host.argv.slice(2);
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
      // Not worth loading the command line for.
      const { version } = await import('./commands/version.ts');
      await writeOut(host.stdout, `${version}\n`);
      return 0;
    }
    const { runCommand } = await import('./commands/command-line.ts');
    await runCommand(host, args);
    return 0;
  } catch (error) {
    if (error instanceof ReaderGone) return 0;
    if (error instanceof ExitStatus) return error.status;
    const known = error instanceof LayerscopeError ? error : problem('internal', { reason: reasonOf(error) }, error);
    host.stderr.write(`layerscope: ${known.message}\n`);
    if (host.env['LAYERSCOPE_DEBUG']) host.stderr.write(`${inspect(known)}\n`);
    return failed;
  }
}
