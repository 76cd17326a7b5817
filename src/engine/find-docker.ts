import { join } from 'node:path';
import { readDockerConfig } from './docker-config.ts';
import { readDockerContext } from './docker-context.ts';
import { dockerSocket, type EngineAddress, parseEngineAddress, pipeAddress, socketAddress } from './engine-address.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import type { EngineOptions } from './engine.ts';
import { readTlsFolder, type TlsMaterial } from './tls-material.ts';

type Env = EngineOptions['env'];

/**
 * Where Docker is, in the order of its own client: `DOCKER_HOST`, `DOCKER_CONTEXT`, the current context of
 * `config.json`, and then the usual sockets.
 * @throws LayerscopeError for settings that cannot be read or followed
 */
export async function findDocker({ env, platform }: EngineOptions): Promise<EngineEndpoint> {
  const folder = dockerFolder(env);
  const host = env['DOCKER_HOST'];
  if (host) return at(host, 'DOCKER_HOST', await tlsOfEnvironment(env, folder));
  const context = env['DOCKER_CONTEXT'] || (await readDockerConfig(folder)).currentContext;
  if (context && context !== 'default') return await readDockerContext(folder, context);
  const tls = await tlsOfEnvironment(env, folder);
  if (tls !== null) return at('tcp://', env['DOCKER_TLS_VERIFY'] ? 'DOCKER_TLS_VERIFY' : 'DOCKER_TLS', tls);
  return { addresses: usualAddresses(env, platform), tls: null };
}

function at(value: string, from: string, tls: TlsMaterial | null): EngineEndpoint {
  return { addresses: [parseEngineAddress(value, { from, tls: tls !== null })], tls };
}

/** Docker's client takes the first alone and leaves the others, rootless and Desktop, to contexts. */
function usualAddresses(env: Env, platform: string): readonly EngineAddress[] {
  if (platform === 'win32') return [pipeAddress('//./pipe/docker_engine')];
  const { HOME: home, XDG_RUNTIME_DIR: runtime } = env;
  const paths = [
    dockerSocket,
    ...(runtime?.startsWith('/') ? [join(runtime, 'docker.sock')] : []),
    ...(home?.startsWith('/') ? [join(home, '.docker/run/docker.sock')] : []),
  ];
  return paths.map(socketAddress);
}

function dockerFolder(env: Env): string {
  return env['DOCKER_CONFIG'] || join(env['HOME'] || env['USERPROFILE'] || '/', '.docker');
}

/** `DOCKER_TLS` asks for encryption alone; with `DOCKER_TLS_VERIFY` the engine has to prove who it is. */
async function tlsOfEnvironment(env: Env, folder: string): Promise<TlsMaterial | null> {
  if (!env['DOCKER_TLS_VERIFY'] && !env['DOCKER_TLS']) return null;
  return await readTlsFolder(env['DOCKER_CERT_PATH'] || folder, Boolean(env['DOCKER_TLS_VERIFY']));
}
