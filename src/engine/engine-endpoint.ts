import type { EngineAddress } from './engine-address.ts';
import type { TlsMaterial } from './tls-material.ts';

/** Where an engine is to be found. */
export interface EngineEndpoint {
  /** The first that answers is taken. */
  readonly addresses: readonly EngineAddress[];
  /** For the addresses that are spoken to with TLS. */
  readonly tls: TlsMaterial | null;
}
