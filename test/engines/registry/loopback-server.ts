import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface LoopbackServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** `http://127.0.0.1:PORT`, or `https:` with a certificate. */
  readonly origin: string;
  /** For what goes beyond requests. */
  readonly server: Server;
  /** Ends every connection, too. */
  readonly stop: () => Promise<void>;
}

/** Serves HTTP on a free loopback port. @param tls certificate and key, for HTTPS */
export async function startLoopbackServer(
  listener: RequestListener,
  tls: { readonly cert: Buffer; readonly key: Buffer } | null = null,
): Promise<LoopbackServer> {
  const server: Server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { host, server, origin: `${tls === null ? 'http' : 'https'}://${host}`, stop };
}
