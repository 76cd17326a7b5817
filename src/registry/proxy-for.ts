import { BlockList, isIP } from 'node:net';
import { problem } from '../errors.ts';
import { isLoopback } from './loopback.ts';

const protocols = new Set(['http:', 'https:']);

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

/** Names with and without a dot in front, `*.name`, addresses and ranges of them, names with a port, and `*` for all. */
function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*' || coversAddress(entry, host)) return true;
    const [, name = '', wantedPort = port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    const domain = name.replace(/^\*?\./, '');
    return domain !== '' && wantedPort === port && (host === domain || host.endsWith(`.${domain}`));
  });
}

/** Whether an entry such as `10.0.0.1` or `10.0.0.0/8` is about an address. */
function coversAddress(entry: string, host: string): boolean {
  const [, network = '', prefix = null] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(network)] ?? 0;
  const length = Number(prefix ?? bits);
  if (bits === 0 || isIP(host) !== isIP(network) || length > bits) return false;
  const family = bits === 32 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(network, length, family);
  return range.check(host, family);
}
