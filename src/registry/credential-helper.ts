import { execFile } from 'node:child_process';
import * as v from 'valibot';
import type { Credentials } from './credentials.ts';

/** A helper may ask for a passphrase; nobody takes longer to answer. */
const helperTimeout = 60_000;

const helperLimit = 1024 * 1024;

const answerSchema = v.object({ Username: v.string(), Secret: v.string() });

const namePattern = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/**
 * Asks `docker-credential-NAME get` (docker/docker-credential-helpers): the server goes to its standard input, and JSON
 * comes back.
 * @param env what it is run with; it is looked for on its PATH
 * @returns null if it knows nothing of that server
 * @throws Error that says what went wrong, and nothing of what the helper printed where that could be a secret
 */
export async function askHelper(
  name: string,
  server: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Credentials | null> {
  if (!namePattern.test(name)) throw new Error('that is no name of a helper');
  const program = `docker-credential-${name}`;
  const { failed, stdout } = await runHelper(program, server, env);
  if (failed !== null) {
    // The protocol has no other sign for it; each of the known helpers uses these words.
    if (/credentials not found|no credentials/i.test(stdout)) return null;
    throw new Error(failed);
  }
  const answer = v.safeParse(answerSchema, parseOrNull(stdout));
  if (!answer.success) throw new Error('its answer is not what the protocol of such helpers says');
  const { Username: username, Secret: secret } = answer.output;
  if (secret === '') return null;
  if (username === '<token>') return { kind: 'identity-token', token: secret, from: program };
  return { kind: 'password', username, password: secret, from: program };
}

interface HelperResult {
  /** Why it failed; null if it did not. */
  readonly failed: string | null;
  readonly stdout: string;
}

async function runHelper(
  program: string,
  server: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HelperResult> {
  return await new Promise((resolve) => {
    const options = { env: { ...env }, timeout: helperTimeout, maxBuffer: helperLimit, killSignal: 'SIGKILL' as const };
    const child = execFile(program, ['get'], options, (error, stdout) => {
      resolve({ failed: error === null ? null : whyFailed(error), stdout });
    });
    // A helper that ends without reading is judged by what it answers.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(server);
  });
}

/** The message of the error itself would hold all that the helper wrote to standard error. */
function whyFailed({ code, killed }: { code?: number | string | null; killed?: boolean }): string {
  if (code === 'ENOENT') return 'there is no such program on the PATH';
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it printed more than ${helperLimit} bytes`;
  if (killed === true) return `it did not answer within ${helperTimeout / 1000} seconds`;
  return typeof code === 'number'
    ? `it failed with status ${code}`
    : `it could not be run (${code ?? 'it was killed'})`;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
