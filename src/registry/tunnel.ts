import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { basic } from './basic.ts';
import type { TlsSettings } from './tls-settings.ts';

/** A proxy does not connect. */
export class ProxyRefusal extends Error {}

export interface TunnelSettings {
  readonly proxy: URL;
  readonly tls: TlsSettings;
  /** Milliseconds. */
  readonly timeout: number;
  /** Ends what is not connected yet. */
  readonly closed: AbortSignal;
}

/**
 * Connects through a proxy (RFC 9110, 9.3.6), which learns the host that is meant and nothing else.
 * @param target host and port
 * @throws ProxyRefusal, errors of Node's
 */
export async function tunnelTo(target: string, { proxy, tls, timeout, closed }: TunnelSettings): Promise<Socket> {
  const request = proxy.protocol === 'https:' ? secureRequest : plainRequest;
  return await new Promise((resolve, reject) => {
    const asking = request({
      ...tls,
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? '443' : '80'),
      path: target,
      headers: { host: target, ...loginFor(proxy) },
      agent: false,
      timeout,
      signal: closed,
    });
    asking.once('timeout', () => asking.destroy(new ProxyRefusal('no answer')));
    asking.once('error', reject);
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      socket.setTimeout(0);
      if (statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(new ProxyRefusal(statusCode === 407 ? 'it asks for a login' : `status ${statusCode}`));
      }
    });
    asking.end();
  });
}

function loginFor({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  return { 'proxy-authorization': basic(decodeURIComponent(username), decodeURIComponent(password)) };
}
