import { type Digest, isDigest } from './digest.ts';

/** The name of an image in a registry, in full (distribution-spec, "Pulling manifests"). */
export interface ImageName {
  /** Host, with a port where one is given, such as `docker.io` or `localhost:5000`. */
  readonly registry: string;
  /** Such as `library/alpine`. */
  readonly repository: string;
  /** Null where only a digest is given. */
  readonly tag: string | null;
  /** Comes before the tag where both are given. */
  readonly digest: Digest | null;
}

const defaultRegistry = 'docker.io';

/** Registry names of before 2016 still stand in many scripts. */
const otherNamesOfDefault = new Set(['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`);

/** Longest name that registries take (distribution/reference). */
const longestRepository = 255;

/**
 * Parses a name as `docker pull` takes it: without a registry it is Docker Hub's, there without a folder `library/`'s, and
 * without tag and digest `latest`. The first part is a registry if it has a dot, a port or an upper-case letter, or is
 * `localhost`.
 * @returns null for what is no such name
 */
export function parseImageName(text: string): ImageName | null {
  const at = text.indexOf('@');
  const digest = at === -1 ? null : text.slice(at + 1);
  if (digest !== null && !isDigest(digest)) return null;
  const named = at === -1 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : null;
  if (tag !== null && !tagPattern.test(tag)) return null;
  const { registry, path } = splitRegistry(hasTag ? named.slice(0, colon) : named);
  const repository = registry === defaultRegistry && !path.includes('/') ? `library/${path}` : path;
  if (!hostPattern.test(registry) || !repositoryPattern.test(path) || repository.length > longestRepository)
    return null;
  return { registry, repository, tag: tag ?? (digest === null ? 'latest' : null), digest };
}

function splitRegistry(name: string): { registry: string; path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  if (!/[.:A-Z]/.test(first) && first !== 'localhost') return { registry: defaultRegistry, path: name };
  return { registry: otherNamesOfDefault.has(first) ? defaultRegistry : first, path: name.slice(slash + 1) };
}

/** The full name, as it would be parsed. */
export function formatImageName({ registry, repository, tag, digest }: ImageName): string {
  return `${registry}/${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}
