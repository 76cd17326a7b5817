import http, { type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { rootCertificates } from 'node:tls';
import type { EngineAddress } from './engine-address.ts';
import type { EngineKind } from '../image/image.ts';
import type { EngineOptions } from './engine.ts';
import { SshSocket } from './ssh-socket.ts';
import type { TlsMaterial } from './tls-material.ts';

/** A way to an engine, with connections that are used for several requests: through ssh each takes a login. */
export interface Connection {
  readonly kind: EngineKind;
  /** Names the engine in errors. */
  readonly address: string;
  /** What says that it is there; null where it usually is. */
  readonly from: string | null;
  readonly by: EngineAddress['by'];
  /** Where its certificates were looked for; null where it is spoken to without TLS. */
  readonly tlsFolder: string | null;
  /** A GET request that has not been sent. @param target path and query */
  get(target: string): ClientRequest;
  close(): void;
}

export interface ConnectionOptions {
  readonly kind: EngineKind;
  readonly tls: TlsMaterial | null;
  readonly env: EngineOptions['env'];
}

export function openConnection(address: EngineAddress, { kind, tls, env }: ConnectionOptions): Connection {
  const named = { kind, address: address.text, from: address.from, by: address.by };
  switch (address.by) {
    case 'socket': {
      const agent = new http.Agent({ keepAlive: true });
      return { ...named, ...over(http, agent, { socketPath: address.path }), tlsFolder: null };
    }
    case 'ssh': {
      const agent = new SshAgent(() => new SshSocket(kind, address, env));
      return { ...named, ...over(http, agent, {}), tlsFolder: null };
    }
    case 'tcp': {
      const { host, port, prefix } = address;
      if (!address.tls) {
        const agent = new http.Agent({ keepAlive: true });
        return { ...named, ...over(http, agent, { host, port, path: prefix }), tlsFolder: null };
      }
      const agent = new https.Agent({ keepAlive: true, ...tlsOptions(tls) });
      return {
        ...named,
        ...over(https, agent, { host, port, path: prefix }),
        tlsFolder: tls?.folder ?? 'DOCKER_CERT_PATH, with DOCKER_TLS_VERIFY=1',
      };
    }
  }
}

/** @param options `path` comes before that of every request */
function over(
  { request }: typeof http | typeof https,
  agent: http.Agent,
  { path = '', ...options }: RequestOptions,
): Pick<Connection, 'get' | 'close'> {
  return {
    get: (target) => request({ ...options, agent, path: `${path}${target}` }),
    close: () => agent.destroy(),
  };
}

function tlsOptions(tls: TlsMaterial | null): https.AgentOptions {
  if (tls === null) return {};
  const { ca, cert, key, verify } = tls;
  return {
    // A CA of one's own is one more, as the docker client has it.
    ...(ca === null ? {} : { ca: [...rootCertificates, ca.toString()] }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
    rejectUnauthorized: verify,
  };
}

class SshAgent extends http.Agent {
  readonly #dial: () => Duplex;

  constructor(dial: () => Duplex) {
    super({ keepAlive: true });
    this.#dial = dial;
  }

  override createConnection(): Duplex {
    return this.#dial();
  }
}
