import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { problem } from '../errors.ts';
import type { EngineAddress } from './engine-address.ts';
import type { EngineKind } from '../image/image.ts';
import type { EngineOptions } from './engine.ts';

type SshAddress = Extract<EngineAddress, { readonly by: 'ssh' }>;

/** What ssh says at the end is why it failed; a server may send any amount before. */
const keptOfStderr = 2000;

/** So that ssh, which knows why, gives up before its reader does. */
const loginSeconds = 30;

/**
 * A connection to the engine of another host: ssh runs the engine's own client there, which passes on to the engine's
 * socket what it reads (`docker system dial-stdio`).
 */
export class SshSocket extends Duplex {
  readonly #ssh: ChildProcessWithoutNullStreams;
  #said = Buffer.alloc(0);

  constructor(kind: EngineKind, address: SshAddress, env: EngineOptions['env']) {
    super();
    const login = [...loginArguments(address), ...remoteClient(kind, address)];
    const options = ['-o', `ConnectTimeout=${loginSeconds}`, '-T'];
    this.#ssh = spawn('ssh', [...options, ...login, 'system', 'dial-stdio'], { env: { ...env }, windowsHide: true });
    const failed = (reason: string): Error =>
      problem('engine-ssh', { address: address.text, reason, check: `ssh ${login.join(' ')} version` });
    this.#ssh.stdout.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) this.#ssh.stdout.pause();
    });
    this.#ssh.stderr.on('data', (bytes: Buffer) => {
      this.#said = Buffer.concat([this.#said, bytes]).subarray(-keptOfStderr);
    });
    // Writing to an ssh that has ended fails, too; its end says more.
    this.#ssh.stdin.on('error', () => undefined);
    this.#ssh.on('error', (error) => this.destroy(failed(error.message)));
    this.#ssh.on('close', (status) => {
      if (status === 0) this.push(null);
      else this.destroy(failed(lastLines(this.#said) || `exit status ${status}`));
    });
  }

  override _read(): void {
    this.#ssh.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#ssh.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#ssh.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#ssh.kill();
    done(error);
  }

  // What an http.Agent does to a socket between requests. It is closed with the agent.
  setKeepAlive(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/** The engine's own client, told of the engine's socket. */
function remoteClient(kind: EngineKind, { path }: SshAddress): readonly string[] {
  const option = kind === 'docker' ? '--host' : '--url';
  return [kind, ...(path === null ? [] : [option, `unix://${path}`])];
}

function loginArguments({ user, host, port }: SshAddress): readonly string[] {
  return [...(user === null ? [] : ['-l', user]), ...(port === null ? [] : ['-p', String(port)]), '--', host];
}

function lastLines(said: Buffer): string {
  const lines = said.toString().split(/[\r\n]+/);
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .join('; ');
}
