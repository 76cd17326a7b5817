import * as v from 'valibot';
import type { ImageName } from '../image/image-name.ts';
import type { Credentials } from './credentials.ts';

/** What Docker's `config.json` and podman's `auth.json` say of credentials (docker/cli, configfile; containers-auth.json(5)). */
export interface AuthFile {
  readonly auths: Readonly<Record<string, AuthEntry>>;
  /** Helpers by registry, such as `ecr-login`. */
  readonly credHelpers: Readonly<Record<string, string>>;
  /** The helper for all others. */
  readonly credsStore: string | null;
}

interface AuthEntry {
  readonly auth: string;
  readonly username: string;
  readonly password: string;
  readonly identitytoken: string;
}

const text = v.nullish(v.string(), '');

export const authFileSchema: v.GenericSchema<unknown, AuthFile> = v.object({
  auths: v.nullish(
    v.record(v.string(), v.object({ auth: text, username: text, password: text, identitytoken: text })),
    {},
  ),
  credHelpers: v.nullish(v.record(v.string(), v.string()), {}),
  credsStore: v.nullish(v.string(), null),
});

/** Docker Hub was an index once; the key of then is the one that `docker login` writes to this day. */
const hubKey = 'https://index.docker.io/v1/';
const hubHosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** What credential helpers are asked for: a host, but for Docker Hub. */
export function serverOf({ registry }: ImageName): string {
  return registry === 'docker.io' ? hubKey : registry;
}

/** The helper that a file names for a registry; an empty name is none. */
export function helperFor(file: AuthFile, name: ImageName): string | null {
  const key = keyFor(Object.keys(file.credHelpers), name);
  return (key === null ? file.credsStore : file.credHelpers[key]) || null;
}

/**
 * The credentials that a file holds for an image itself. Podman's keys may go on with a part of the repository, and the
 * longest counts; a key with a scheme is a registry, whatever its path.
 * @param from names the file
 * @returns null if there are none
 * @throws Error if the entry cannot be understood
 */
export function credentialsIn(file: AuthFile, name: ImageName, from: string): Credentials | null {
  const key = keyFor(
    Object.keys(file.auths).filter((key) => !isEmpty(file.auths[key])),
    name,
  );
  const entry = key === null ? undefined : file.auths[key];
  if (entry === undefined) return null;
  if (entry.identitytoken !== '') return { kind: 'identity-token', token: entry.identitytoken, from };
  if (entry.auth === '') return { kind: 'password', username: entry.username, password: entry.password, from };
  const decoded = Buffer.from(entry.auth, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon === -1) throw new Error(`auths: ${key}: auth is not the base64 of USER:PASSWORD`);
  // Some tools pad passwords with zero bytes, and Docker takes them off.
  const password = decoded.slice(colon + 1).replace(/\0+$/, '');
  return { kind: 'password', username: decoded.slice(0, colon), password, from };
}

/** `docker login` with a credential store leaves entries of nothing behind. */
function isEmpty(entry: AuthEntry | undefined): boolean {
  return entry === undefined || (entry.auth === '' && entry.username === '' && entry.identitytoken === '');
}

function keyFor(keys: readonly string[], { registry, repository }: ImageName): string | null {
  const hosts = registry === 'docker.io' ? hubHosts : [registry];
  const parts = repository.split('/');
  for (let length = parts.length; length >= 0; length--) {
    for (const host of hosts) {
      const wanted = [host, ...parts.slice(0, length)].join('/');
      const found = keys.find((key) => placeOf(key) === wanted);
      if (found !== undefined) return found;
    }
  }
  return null;
}

/** `https://HOST/v1/` and `HOST/v2` are the registry at HOST; `HOST/acme` is what lies below `acme` there. */
function placeOf(key: string): string {
  const [, scheme, rest = ''] = /^(https?:\/\/)?(.*)$/s.exec(key) ?? [];
  return scheme === undefined ? rest.replace(/\/(?:v[12]\/?)?$/, '') : (rest.split('/', 1)[0] ?? '');
}
