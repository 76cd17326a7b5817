import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** Only the system's own directories: an engine of another origin earlier on PATH would not be the one the tests mean. */
const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** No build or copy of the corpus takes a tenth of this; it only keeps a hung engine from hanging the suite. */
const TIMEOUT_MS = 180_000;

export interface CommandOptions {
  /** A command line that runs the program elsewhere; see `Place`. */
  readonly within?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What every engine is run with: nothing of the caller's proxies, credentials or plugins. */
export function engineEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: SYSTEM_PATH, LC_ALL: 'C.UTF-8', ...extra };
}

/** Runs a program without a shell and returns its standard output's bytes. Its standard error is in the thrown message. */
export async function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Buffer> {
  return (await execute(program, args, options)).stdout;
}

/** Like `run`, for a program that talks on both: BuildKit reports on standard error, the classic builder does not. */
export async function runForText(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { stdout, stderr } = await execute(program, args, options);
  return stdout.toString() + stderr.toString();
}

interface Output {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

async function execute(program: string, args: readonly string[], options: CommandOptions): Promise<Output> {
  const [first = program, ...rest] = [...(options.within ?? []), program, ...args];
  try {
    return await execFileAsync(first, rest, {
      encoding: 'buffer',
      env: engineEnvironment(options.env),
      maxBuffer: 256 * 1024 * 1024,
      timeout: TIMEOUT_MS,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
  } catch (error) {
    const { stderr, stdout } = error as Partial<Output>;
    const said = `${stdout?.toString() ?? ''}${stderr?.toString() ?? ''}`.slice(-4000);
    throw new Error(`${program} ${args.join(' ')}\n${said || String(error)}`, { cause: error });
  }
}
