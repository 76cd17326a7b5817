import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { problem } from '../../errors.ts';

/** A history of a thousand commits takes seconds; nobody waits longer than this. */
const timeLimit = 300_000;

/** Of what git says when it fails. */
const complaintLimit = 4096;

/** Where and with what git is run. */
export interface GitPlace {
  /** Working directory. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Settings that a hostile repository could make git run something by, or answer something else by. They are given on the
 * command line, which counts for more than any file.
 */
const settings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'log.follow=false',
  'log.showRoot=false',
  'log.showSignature=false',
  'diff.orderFile=/dev/null',
  'diff.relative=false',
].flatMap((setting) => ['-c', setting]);

/**
 * Runs git, and gives what it prints as it comes. It is run without a shell, without prompts, and never speaks to another
 * machine: what a partial clone lacks is lacking.
 * @param args no part of them may be an option that somebody else wrote: `--end-of-options` comes before revisions
 * @param input for its standard input
 * @throws LayerscopeError git-missing, git-unsafe, not-a-repository, git-failed
 */
export async function* streamGit(
  place: GitPlace,
  args: readonly string[],
  input: string | null = null,
): AsyncGenerator<Buffer, void, undefined> {
  const child = spawn('git', ['--no-pager', '--literal-pathspecs', '--no-replace-objects', ...settings, ...args], {
    cwd: place.directory,
    env: environment(place.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: timeLimit,
    killSignal: 'SIGKILL',
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(0, complaintLimit)));
  // One that ends without reading is judged by its status.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const ended = once(child, 'close');
  // Where the loop below is left early, nobody waits for it.
  ended.catch(() => undefined);
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) yield chunk;
    const [status, signal] = (await ended) as [number | null, string | null];
    if (status !== 0) throw whyFailed(place, args, status === null ? `ended by ${signal}` : complaint);
  } catch (error) {
    throw isMissingProgram(error) ? problem('git-missing', undefined, error) : error;
  } finally {
    child.kill('SIGKILL');
  }
}

/** All that git prints. @param limit bytes; more than that is a failure @throws LayerscopeError as `streamGit` */
export async function readGit(
  place: GitPlace,
  args: readonly string[],
  { limit = 2 ** 20, input = null }: { readonly limit?: number; readonly input?: string | null } = {},
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of streamGit(place, args, input)) {
    size += chunk.length;
    if (size > limit) throw whyFailed(place, args, `it prints more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Kept of git's own variables: how a repository may be found, and settings that the user gives to all of git. */
const kept = /^GIT_(?:CONFIG_|CEILING_DIRECTORIES$|DISCOVERY_ACROSS_FILESYSTEM$|EXEC_PATH$)/;

/** Within a hook, git's variables name that hook's repository and index; ours are found from the directory. */
function environment(env: GitPlace['env']): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || kept.test(name))),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // More than protocol.allow: a repository's own setting for one protocol would count for more than that.
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
  };
}

function whyFailed({ directory }: GitPlace, args: readonly string[], complaint: string): Error {
  const said = (complaint.split('\n').find((line) => /^(?:fatal|error):/.test(line)) ?? complaint.split('\n')[0] ?? '')
    .replace(/^(?:fatal|error): /, '')
    .trim();
  if (said.includes('dubious ownership')) return problem('git-unsafe', { path: directory });
  if (said.startsWith('not a git repository')) return problem('not-a-repository', { path: directory });
  return problem('git-failed', { path: directory, command: args[0] ?? '', said });
}

function isMissingProgram(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
