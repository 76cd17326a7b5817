import { connect } from 'node:net';
import { pipeline } from 'node:stream';
import { startLoopbackServer } from './loopback-server.ts';

export interface NetworkProxy {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Where connections were to go, as `HOST:PORT`, and the login for the proxy, or `nobody`. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

/** A proxy that connects whoever asks to `to`, wherever they want to go: a network of the test's own. */
export async function startNetworkProxy(to: string): Promise<NetworkProxy> {
  const asked: string[] = [];
  const { server, host, stop } = await startLoopbackServer(() => undefined);
  server.on('connect', ({ url = '', headers }, socket) => {
    asked.push(`${url} ${headers['proxy-authorization'] ?? 'nobody'}`);
    const { hostname, port } = new URL(`http://${to}`);
    const far = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    // Either end takes the other with it.
    pipeline(socket, far, socket, () => undefined);
  });
  return { host, asked, stop };
}
