import type { EngineAddress } from './engine-address.ts';
import type { TlsMaterial } from './tls-material.ts';

/** Where an engine is to be found. */
export interface EngineEndpoint {
  /** What says so, such as `DOCKER_HOST`; null if nothing does, and `addresses` are the usual ones. */
  readonly from: string | null;
  /** The first that answers is taken. */
  readonly addresses: readonly EngineAddress[];
  /** For the addresses that are spoken to with TLS. */
  readonly tls: TlsMaterial | null;
}
