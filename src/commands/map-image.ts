import { closeSync, fstatSync } from 'node:fs';
import type { Dockerfile } from '../dockerfile/dockerfile.ts';
import { mapLayers } from '../dockerfile/map-layers.ts';
import type { Mapping } from '../dockerfile/mapping.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { readProvenance } from '../dockerfile/provenance/provenance.ts';
import { targetStage } from '../dockerfile/stages.ts';
import { problem } from '../errors.ts';
import type { ImageConfig } from '../image/config.ts';
import { hostPlatform } from '../image/platform.ts';
import { parseReference } from '../image/reference.ts';
import { openFile, readFully } from '../layer/file-extent.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import { findImage } from '../sources/find-image.ts';
import { openImage } from '../sources/open-image.ts';
import { type DockerfileArguments, parseBuildArgs } from './dockerfile-options.ts';
import type { Host } from './host.ts';
import type { RegistryArguments } from './options.ts';

/** Longer than any Dockerfile that people write, in bytes. */
const dockerfileLimit = 4 * 1024 * 1024;

/** Provenance with every step's definition, in bytes. */
const metadataFileLimit = 64 * 1024 * 1024;

/** Layers joined to lines, and what the file with those lines is called; null where there is none. */
export interface MappedImage {
  readonly mapping: Mapping;
  readonly file: string | null;
}

/** Joins an image's layers to the lines of its Dockerfile, as far as anything tells. @throws LayerscopeError */
export async function mapImage(
  host: Host,
  loaded: OpenedImage,
  args: DockerfileArguments & RegistryArguments,
): Promise<MappedImage> {
  const { image } = loaded;
  const dockerfile = args.dockerfile === undefined ? null : readDockerfile(args.dockerfile, args.target);
  const statement = args['metadata-file'] === undefined ? loaded.provenance : readJson(args['metadata-file']);
  const provenance = statement === null ? null : readProvenance(statement);
  if (provenance === null && args['metadata-file'] !== undefined)
    throw problem('invalid-json', {
      path: args['metadata-file'],
      reason: 'no provenance in it. Build with BUILDX_METADATA_PROVENANCE=max',
    });
  const mapping = mapLayers({
    dockerfile,
    config: image.config,
    layerDigests: image.layers.map(({ digest }) => digest),
    provenance,
    baseConfig: args.base === undefined ? null : await readBaseConfig(host, args.base, loaded, args),
    target: args.target ?? null,
    buildArgs: parseBuildArgs(args['build-arg']),
  });
  return {
    mapping,
    file: args.dockerfile ?? (mapping.dockerfile === null ? null : (provenance?.dockerfile?.name ?? null)),
  };
}

function readDockerfile(path: string, target: string | undefined): Dockerfile {
  const dockerfile = parseDockerfile(readText(path, dockerfileLimit).toString('utf8'));
  if (dockerfile.stages.length === 0)
    throw problem('invalid-dockerfile', { path, reason: 'it has no FROM, so it builds nothing' });
  if (target !== undefined && targetStage(dockerfile, target) === null) {
    const names = dockerfile.stages.map(({ name, index }) => name ?? String(index)).join(', ');
    throw problem('invalid-dockerfile', { path, reason: `it has no stage ${target}. It has: ${names}` });
  }
  return dockerfile;
}

async function readBaseConfig(
  host: Host,
  base: string,
  { image }: OpenedImage,
  args: RegistryArguments,
): Promise<ImageConfig> {
  const reference = parseReference(base);
  if (reference.from === 'stdin')
    throw problem('usage', { message: '--base -: the base image cannot be standard input.' });
  const { platform } = image.config;
  const wish = { wanted: null, host: platform.os === '' ? hostPlatform(host) : platform };
  const { env, stdin, platform: system } = host;
  const found = await findImage(reference, { env, stdin, system, platform: null });
  // A password on standard input is read by now, and is for the image.
  const registry = { env, login: null, tlsCa: args['tls-ca'] ?? null, insecure: args.insecure };
  const opened = await openImage(found, { platform: wish, registry, verify: false, onProgress: () => {} });
  await opened.close();
  return opened.image.config;
}

function readJson(path: string): unknown {
  const bytes = readText(path, metadataFileLimit);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw problem('invalid-json', { path, reason: 'it is not JSON' }, error);
  }
}

/** Reads a whole file that the user named. @throws LayerscopeError `not-found`, `not-readable` */
function readText(path: string, limit: number): Buffer {
  const fd = openFile(path);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw problem('not-readable', { path, reason: 'it is no regular file' });
    if (stats.size > limit) throw problem('not-readable', { path, reason: `it has more than ${limit} bytes` });
    const bytes = Buffer.alloc(stats.size);
    return bytes.subarray(0, readFully(fd, bytes, stats.size, 0, path));
  } finally {
    closeSync(fd);
  }
}
