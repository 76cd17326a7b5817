import { LayerscopeError, problem } from '../errors.ts';
import { advice } from './advice.ts';
import { ask, wordsOf } from './ask.ts';
import { type Connection, openConnection } from './connection.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import type { EngineKind } from '../image/image.ts';
import { type Engine, type EngineOptions, timeLimits } from './engine.ts';
import { findDocker } from './find-docker.ts';
import { findPodman } from './find-podman.ts';
import { type EngineIdentity, HttpEngine } from './http-engine.ts';

/**
 * Finds Docker where its own client does, and asks whether it is there.
 * @throws LayerscopeError `no-engine` if nothing listens where Docker usually does and nothing says that it should
 */
export async function connectDocker(options: EngineOptions): Promise<Engine> {
  return await connectTo('docker', await findDocker(options), options);
}

/**
 * The same for Podman.
 * @throws LayerscopeError `no-engine` as for Docker
 */
export async function connectPodman(options: EngineOptions): Promise<Engine> {
  return await connectTo('podman', findPodman(options), options);
}

/** @throws LayerscopeError the first failure that says more than that nobody is there */
export async function connectTo(kind: EngineKind, endpoint: EngineEndpoint, options: EngineOptions): Promise<Engine> {
  const { addresses, tls } = endpoint;
  const limits = { ...timeLimits, ...options.limits };
  let refused: unknown = null;
  for (const address of addresses) {
    const connection = openConnection(address, { kind, tls, env: options.env });
    try {
      const identity = await identify(connection, address.by === 'ssh' ? limits.login : limits.answer);
      if (kind === 'podman' && identity.kind !== 'podman')
        throw problem('not-an-engine', { address: address.text, found: 'Docker' });
      return new HttpEngine(connection, identity, limits);
    } catch (error) {
      connection.close();
      const absent = error instanceof LayerscopeError && error.code === 'engine-unreachable';
      if (address.from !== null || !absent) refused ??= error;
    }
  }
  if (refused !== null) throw refused;
  const { start, setting } = advice[kind];
  throw problem('no-engine', { kind, tried: addresses.map(({ text }) => text), start, setting });
}

/** `/_ping` answers every client, of whatever version (Docker Engine API, "System"). */
async function identify(connection: Connection, limit: number): Promise<EngineIdentity> {
  const answer = await ask(connection, '/_ping', limit);
  const version = answer.headers['api-version'];
  // The engine's own version is spoken: too little is asked for to differ, and one day a fixed one is refused as too old.
  if (answer.status === 200 && typeof version === 'string' && /^\d{1,4}\.\d{1,4}$/.test(version))
    return { kind: answer.headers['libpod-api-version'] === undefined ? 'docker' : 'podman', version };
  throw problem('not-an-engine', { address: connection.address, found: wordsOf(answer) });
}
