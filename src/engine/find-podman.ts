import { join } from 'node:path';
import { parseEngineAddress, socketAddress } from './engine-address.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import type { EngineOptions } from './engine.ts';

/**
 * Where Podman is: `CONTAINER_HOST`, the user's own service, then the one of the system.
 * @throws LayerscopeError `engine-address`
 */
export function findPodman({ env }: EngineOptions): EngineEndpoint {
  const { CONTAINER_HOST: host, XDG_RUNTIME_DIR: runtime } = env;
  if (host) {
    const from = 'CONTAINER_HOST';
    return { addresses: [parseEngineAddress(host, { from, tls: false })], tls: null };
  }
  const paths = [...(runtime?.startsWith('/') ? [join(runtime, 'podman/podman.sock')] : []), '/run/podman/podman.sock'];
  return { addresses: paths.map(socketAddress), tls: null };
}
