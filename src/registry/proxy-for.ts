import { problem } from '../errors.ts';
import { isLoopback } from './loopback.ts';

const protocols = new Set(['http:', 'https:', 'socks5:']);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL, as the programs that pull images choose it (golang.org/x/net/http/httpproxy): by its scheme, and
 * none for this machine nor for what NO_PROXY names.
 * @returns null for a direct connection
 * @throws LayerscopeError `usage` for what is no proxy; its value may hold a password and is not repeated
 */
export function proxyFor(url: URL, env: Environment): URL | null {
  const variable = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = valueOf(env, variable);
  if (proxy === '' || isLoopback(url.hostname) || isExempt(url, valueOf(env, 'NO_PROXY'))) return null;
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (URL.canParse(address) && protocols.has(new URL(address).protocol)) return new URL(address);
  throw problem('usage', { message: `${variable} in the environment: is not the address of a proxy.` });
}

/** Either case is in use; the upper one counts, as it does there. */
function valueOf(env: Environment, variable: string): string {
  return (env[variable] || env[variable.toLowerCase()] || '').trim();
}

/** Names with and without a dot in front, `*.name`, addresses, each with a port or not, and `*` for all. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const actualPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list.split(/[\s,]+/).some((entry) => {
    const [, name = '', wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (name === '' || (wantedPort !== undefined && wantedPort !== actualPort)) return false;
    const domain = name.replace(/^\*?\./, '');
    return domain === '*' || hostname === domain || hostname === `[${domain}]` || hostname.endsWith(`.${domain}`);
  });
}
