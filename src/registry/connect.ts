import { once } from 'node:events';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ConnectTimeout } from './timeouts.ts';
import type { TlsSettings } from './tls-settings.ts';
import { tunnelTo } from './tunnel.ts';

/** How connections are made. */
export interface ConnectSettings {
  /** What is gone through; null for a direct connection. */
  readonly proxy: URL | null;
  readonly tls: TlsSettings;
  /** Milliseconds; through a proxy, for each of the two connections. */
  readonly timeout: number;
  /** Ends what is not connected yet. */
  readonly closed: AbortSignal;
}

/**
 * Connects to where a URL points, over TLS if it says so.
 * @throws ConnectTimeout, ProxyRefusal, errors of Node's
 */
export async function connect(url: URL, settings: ConnectSettings): Promise<Socket> {
  const { proxy, tls } = settings;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const port = Number(url.port || (secure ? '443' : '80'));
  const tunnel = proxy === null ? null : await tunnelTo(`${url.hostname}:${port}`, { ...settings, proxy });
  if (!secure) return tunnel ?? (await connected(connectPlain({ host, port, noDelay: true }), 'connect', settings));
  const socket = connectTls({
    ...tls,
    ...(tunnel === null ? { port } : { socket: tunnel }),
    host,
    // Addresses are no server names (RFC 6066, 3).
    servername: isIP(host) === 0 ? host : '',
    ALPNProtocols: ['http/1.1'],
  });
  return await connected(socket.setNoDelay(), 'secureConnect', settings);
}

async function connected(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  { timeout, closed }: ConnectSettings,
): Promise<Socket> {
  const timer = setTimeout(() => socket.destroy(new ConnectTimeout()), timeout);
  try {
    await once(socket, event, { signal: closed });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
