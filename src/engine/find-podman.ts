import { join } from 'node:path';
import { parseEngineAddress } from './engine-address.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import type { EngineOptions } from './engine.ts';

/**
 * Where Podman is: `CONTAINER_HOST`, the user's own service, then the one of the system.
 * @throws LayerscopeError `engine-address`
 */
export function findPodman({ env }: EngineOptions): EngineEndpoint {
  const host = env['CONTAINER_HOST'];
  const from = host ? 'CONTAINER_HOST' : null;
  const runtime = env['XDG_RUNTIME_DIR'];
  const usual = [
    ...(runtime?.startsWith('/') ? [`unix://${join(runtime, 'podman/podman.sock')}`] : []),
    'unix:///run/podman/podman.sock',
  ];
  const addresses = (host ? [host] : usual).map((text) => parseEngineAddress(text, { from: from ?? '', tls: false }));
  return { from, addresses, tls: null };
}
