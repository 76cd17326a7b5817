import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { buildConnector } from 'undici';
import { basic } from './basic.ts';
import type { TlsSettings } from './tls-settings.ts';

/** A proxy does not connect. */
export class ProxyRefusal extends Error {}

const portOf = (protocol: string, port: string): string => port || (protocol === 'https:' ? '443' : '80');

/**
 * Connects through a proxy (RFC 9110, 9.3.6), which learns the host that is meant and nothing else. Undici has the same as
 * ProxyAgent, but where a proxy closes the connection that one tries again at once, for ever: two thousand times a second.
 * @param timeout milliseconds for each of the two connections
 * @param closed ends what is not connected yet
 */
export function tunnelThrough(
  proxy: URL,
  tls: TlsSettings,
  timeout: number,
  closed: AbortSignal,
): buildConnector.connector {
  const secure = buildConnector({ ...tls, timeout });
  const request = proxy.protocol === 'https:' ? secureRequest : plainRequest;
  return (target, callback) => {
    const { hostname, protocol, port } = target;
    const host = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${portOf(protocol, port)}`;
    const asking = request({
      ...tls,
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: portOf(proxy.protocol, proxy.port),
      path: host,
      headers: { host, ...loginFor(proxy) },
      agent: false,
      timeout,
      signal: closed,
    });
    asking.once('timeout', () => asking.destroy(new ProxyRefusal('no answer')));
    asking.once('error', (error) => callback(error, null));
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      socket.setTimeout(0);
      if (statusCode !== 200) {
        socket.destroy();
        callback(new ProxyRefusal(statusCode === 407 ? 'it asks for a login' : `status ${statusCode}`), null);
      } else if (protocol === 'https:') secure({ ...target, httpSocket: socket }, callback);
      else callback(null, socket);
    });
    asking.end();
  };
}

function loginFor({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  return { 'proxy-authorization': basic(decodeURIComponent(username), decodeURIComponent(password)) };
}
