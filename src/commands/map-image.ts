import { mapLayers } from '../dockerfile/map-layers.ts';
import type { Mapping } from '../dockerfile/mapping.ts';
import { readProvenance } from '../dockerfile/provenance/provenance.ts';
import { problem } from '../errors.ts';
import type { ImageConfig } from '../image/config.ts';
import { hostPlatform } from '../image/platform.ts';
import { parseReference } from '../image/reference.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import { findImage } from '../sources/find-image.ts';
import { openImage } from '../sources/open-image.ts';
import { type DockerfileArguments, parseBuildArgs } from './dockerfile-options.ts';
import type { Host } from './host.ts';
import type { RegistryArguments } from './options.ts';
import { readDockerfile } from './read-dockerfile.ts';
import { readWholeFile } from './read-whole-file.ts';

/** Provenance with every step's definition, in bytes. */
const metadataFileLimit = 64 * 1024 * 1024;

/** Layers joined to lines, and what the file with those lines is called; null where there is none. */
export interface MappedImage {
  readonly mapping: Mapping;
  readonly file: string | null;
  /** Of the build, as far as that is known. */
  readonly target: string | null;
  readonly buildArgs: ReadonlyMap<string, string>;
}

/** Joins an image's layers to the lines of its Dockerfile, as far as anything tells. @throws LayerscopeError */
export async function mapImage(
  host: Host,
  loaded: OpenedImage,
  args: DockerfileArguments & RegistryArguments,
): Promise<MappedImage> {
  const { image } = loaded;
  const dockerfile =
    args.dockerfile === undefined ? null : readDockerfile(args.dockerfile, args.target ?? null).dockerfile;
  const statement = args['metadata-file'] === undefined ? loaded.provenance : readJson(args['metadata-file']);
  const provenance = statement === null ? null : readProvenance(statement);
  if (provenance === null && args['metadata-file'] !== undefined)
    throw problem('invalid-json', {
      path: args['metadata-file'],
      reason: 'no provenance in it. Build with BUILDX_METADATA_PROVENANCE=max',
    });
  const given = parseBuildArgs(args['build-arg']);
  const mapping = mapLayers({
    dockerfile,
    config: image.config,
    layerDigests: image.layers.map(({ digest }) => digest),
    provenance,
    baseConfig: args.base === undefined ? null : await readBaseConfig(host, args.base, loaded, args),
    target: args.target ?? null,
    buildArgs: given,
  });
  return {
    mapping,
    target: args.target ?? provenance?.target ?? null,
    buildArgs: new Map([...(provenance?.buildArgs ?? []), ...given]),
    file: args.dockerfile ?? (mapping.dockerfile === null ? null : (provenance?.dockerfile?.name ?? null)),
  };
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
  const bytes = readWholeFile(path, metadataFileLimit);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (error) {
    throw problem('invalid-json', { path, reason: 'it is not JSON' }, error);
  }
}
