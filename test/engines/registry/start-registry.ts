import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineEnvironment, run } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';
import type { Certificates } from './certificates.ts';

/** A registry of the test's own on a loopback port. */
export interface Registry {
  /** `127.0.0.1:PORT`, as the first part of an image's name. */
  readonly host: string;
  stop(): Promise<void>;
}

export interface RegistrySettings {
  /** Plain HTTP unless given. */
  readonly tls?: Certificates;
  /** Passwords by user, for Basic authentication. */
  readonly htpasswd?: Readonly<Record<string, string>>;
  /** Whose tokens it takes, for Bearer authentication. */
  readonly token?: {
    readonly realm: string;
    readonly service: string;
    readonly issuer: string;
    /** PEM file of the authority that vouches for the key tokens are signed with. */
    readonly authority: string;
  };
}

const POLL_MS = 50;
const POLLS = 600;

/** Starts Debian's docker-registry with all it keeps inside `folder`, which is made if need be. */
export async function startRegistry(folder: string, settings: RegistrySettings = {}): Promise<Registry> {
  await mkdir(join(folder, 'data'), { recursive: true });
  const config = join(folder, 'config.json');
  const log = join(folder, 'registry.log');
  // YAML takes JSON as it is.
  await writeFile(config, JSON.stringify(await configuration(folder, settings)));
  const logFile = openSync(log, 'a');
  // A test runner that is killed takes its registry with it.
  const child = spawn(PROGRAMS.setpriv, ['--pdeathsig=KILL', PROGRAMS.dockerRegistry, 'serve', config], {
    stdio: ['ignore', logFile, logFile],
    env: engineEnvironment({ HOME: folder }),
  });
  closeSync(logFile);
  child.on('error', () => undefined);
  for (let poll = 0; poll < POLLS && running(child); poll++) {
    const [, host] = /listening on (127\.0\.0\.1:\d+)/.exec(await readFile(log, 'utf8')) ?? [];
    if (host !== undefined) return { host, stop: () => end(child) };
    await sleep(POLL_MS);
  }
  await end(child);
  throw new Error(`docker-registry did not start:\n${(await readFile(log, 'utf8')).slice(-4000)}`);
}

async function configuration(folder: string, { tls, htpasswd, token }: RegistrySettings): Promise<object> {
  const auth = {
    ...(htpasswd === undefined
      ? {}
      : { htpasswd: { realm: 'layerscope test', path: await passwords(folder, htpasswd) } }),
    ...(token === undefined
      ? {}
      : {
          token: { realm: token.realm, service: token.service, issuer: token.issuer, rootcertbundle: token.authority },
        }),
  };
  return {
    version: '0.1',
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: {
      // The kernel picks a port that is free, and the log says which.
      addr: '127.0.0.1:0',
      secret: 'layerscope',
      ...(tls === undefined ? {} : { tls: { certificate: tls.certificate, key: tls.key } }),
    },
    ...(Object.keys(auth).length === 0 ? {} : { auth }),
  };
}

/** bcrypt is the only hash that the registry takes; Debian's Python knows it, `openssl passwd` does not. */
async function passwords(folder: string, users: Readonly<Record<string, string>>): Promise<string> {
  const hash = 'import crypt, sys; print(crypt.crypt(sys.argv[1], crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16)))';
  const lines: string[] = [];
  for (const [user, password] of Object.entries(users)) {
    const hashed = await run(PROGRAMS.python3, ['-W', 'ignore', '-c', hash, password]);
    lines.push(`${user}:${hashed.toString()}`);
  }
  const file = join(folder, 'htpasswd');
  await writeFile(file, lines.join(''));
  return file;
}

function running(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** At once: whatever it keeps is the test's, and is removed. */
async function end(child: ChildProcess): Promise<void> {
  if (!running(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
