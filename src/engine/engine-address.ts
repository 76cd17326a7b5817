import { problem } from '../errors.ts';

/** Where an engine listens. */
export type EngineAddress = {
  /** Names it in errors, and holds no password. */
  readonly text: string;
  /** What says so, such as `DOCKER_HOST` or `docker context remote`; null for where engines usually are. */
  readonly from: string | null;
} & (
  | { readonly by: 'socket'; readonly path: string }
  | { readonly by: 'tcp'; readonly host: string; readonly port: number; readonly prefix: string; readonly tls: boolean }
  | {
      readonly by: 'ssh';
      readonly host: string;
      readonly user: string | null;
      readonly port: number | null;
      /** Of the engine's socket over there; null for its default. */
      readonly path: string | null;
    }
);

export interface AddressSource {
  readonly from: string;
  /** Whether a tcp:// address is to be spoken to with TLS. */
  readonly tls: boolean;
}

export const dockerSocket = '/var/run/docker.sock';

const ports = { plain: 2375, tls: 2376 } as const;

/**
 * Host and user end on the command line of ssh, and perhaps of a shell in its configuration (`ProxyCommand … %h`,
 * CVE-2023-51385), so they are what names really are, and never look like an option.
 */
const hostPattern = /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*|[A-Fa-f0-9:]+(?:%[A-Za-z0-9._-]+)?)$/;
const userPattern = /^[A-Za-z0-9_.][A-Za-z0-9_.@+-]*$/;
/** The shell over there gets to see it. */
const remotePathPattern = /^\/[A-Za-z0-9/._@+:-]+$/;

/**
 * Parses the value of `DOCKER_HOST`, `CONTAINER_HOST` or of a context's endpoint. Without a scheme it is tcp, as the
 * docker client has it.
 * @throws LayerscopeError `engine-address`
 */
export function parseEngineAddress(value: string, { from, tls }: AddressSource): EngineAddress {
  const split = /^([a-z]+):\/\/(.*)$/s.exec(value);
  const [scheme, rest] = split === null ? ['tcp', value] : [split[1] ?? '', split[2] ?? ''];
  switch (scheme) {
    case 'unix':
      return { ...socketAddress(rest === '' ? dockerSocket : rest), from };
    case 'npipe':
      return { ...pipeAddress(rest), from };
    case 'tcp':
      return parseTcp(rest, from, tls);
    case 'http':
    case 'https':
      return parseTcp(rest, from, scheme === 'https');
    case 'ssh':
      return parseSsh(rest, from);
    default:
      throw problem('engine-address', { from, reason: `${scheme}:// is not known` });
  }
}

/** A socket of this machine. */
export function socketAddress(path: string): EngineAddress {
  return { by: 'socket', path, text: `unix://${path}`, from: null };
}

/** A named pipe of Windows, which Node.js opens as it opens a socket. @param path with slashes, as in URLs */
export function pipeAddress(path: string): EngineAddress {
  return { by: 'socket', path: path.replaceAll('/', '\\'), text: `npipe://${path}`, from: null };
}

function parseTcp(rest: string, from: string, tls: boolean): EngineAddress {
  const url = parseAuthority(rest, from);
  const host = url.host === '' ? 'localhost' : url.host;
  const port = url.port ?? (tls ? ports.tls : ports.plain);
  const prefix = url.path.replace(/\/+$/, '');
  if (/[^\x21-\x7e]/.test(prefix))
    throw problem('engine-address', { from, reason: 'the path holds more than plain characters' });
  return { by: 'tcp', host, port, prefix, tls, from, text: `tcp://${bracketed(host)}:${port}${prefix}` };
}

function parseSsh(rest: string, from: string): EngineAddress {
  const { user, host, port, path } = parseAuthority(rest, from);
  const wrong = (reason: string): Error => problem('engine-address', { from, reason });
  if (host === '') throw wrong('there is no host');
  if (user !== null && !userPattern.test(user)) throw wrong('the user holds more than plain characters');
  const remote = path === '' || path === '/' ? null : path;
  if (remote !== null && !remotePathPattern.test(remote)) throw wrong('the path holds more than plain characters');
  const text = `ssh://${user === null ? '' : `${user}@`}${bracketed(host)}${port === null ? '' : `:${port}`}${remote ?? ''}`;
  return { by: 'ssh', user, host, port, path: remote, from, text };
}

interface Authority {
  readonly user: string | null;
  readonly host: string;
  readonly port: number | null;
  readonly path: string;
}

/** `[user@]host[:port][/path]`. By hand: `URL` takes nearly anything for a host where it does not know the scheme. */
function parseAuthority(rest: string, from: string): Authority {
  const slash = rest.indexOf('/');
  const authority = slash === -1 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? null : authority.slice(0, at);
  const wrong = (reason: string): Error => problem('engine-address', { from, reason });
  // What stands there is not repeated: it is a password.
  if (user?.includes(':') === true) throw wrong('a password cannot stand in an address');
  const place = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(authority.slice(at + 1));
  const host = place?.[1] ?? place?.[2];
  const port = place?.[3] === undefined ? null : Number(place[3]);
  if (host === undefined || (host !== '' && !hostPattern.test(host)))
    throw wrong('the host is no name and no IP address');
  if (port !== null && (port === 0 || port > 65_535)) throw wrong(`${port} is no port`);
  return { user, host, port, path: slash === -1 ? '' : rest.slice(slash) };
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
