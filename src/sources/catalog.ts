import { problem } from '../errors.ts';
import { imageConfigSchema } from '../image/config.ts';
import { type Descriptor, isAttestation, namesOf } from '../image/descriptor.ts';
import { type DockerManifestEntry, dockerManifestSchema } from '../image/docker-manifest.ts';
import { imageIndexSchema, manifestOrIndexSchema } from '../image/manifest.ts';
import { parseMetadata } from '../image/metadata.ts';
import type { Platform } from '../image/platform.ts';
import { type BlobStore, blobName } from './blob-store.ts';
import { readDescribed } from './described.ts';

/** How to get at one image for one platform. */
export type ManifestLocation =
  | { readonly kind: 'oci'; readonly descriptor: Descriptor }
  | { readonly kind: 'docker'; readonly entry: DockerManifestEntry };

/** One image for one platform. */
export interface PlatformImage {
  readonly platform: Platform;
  /** Name of the configuration in the store: the same image listed by manifest.json and index.json shares it. */
  readonly config: string;
  readonly location: ManifestLocation;
}

/** What a user would call one image: some names, and one or more platforms. */
export interface CatalogImage {
  readonly names: readonly string[];
  readonly platforms: readonly PlatformImage[];
}

/** Indexes of indexes occur two deep; a loop would need a digest that contains itself. */
const nestingLimit = 8;

/** Reads which images a store holds, from index.json, manifest.json, or both. @throws LayerscopeError `not-an-image` */
export function readCatalog(store: BlobStore): CatalogImage[] {
  const oci = store.has('index.json') ? readOciCatalog(store) : [];
  const docker = store.has('manifest.json') ? readDockerCatalog(store) : [];
  const images = merge(oci, docker);
  if (images.length > 0) return images;
  const named = ['index.json', 'manifest.json'].filter((name) => store.has(name));
  const found = named.length === 0 ? 'neither is there' : `${named.join(' and ')} list no image that is complete`;
  throw problem('not-an-image', { path: store.path, found });
}

function readOciCatalog(store: BlobStore): CatalogImage[] {
  const bytes = store.metadata('index.json') ?? Buffer.alloc(0);
  const { manifests } = parseMetadata(bytes, imageIndexSchema, `${store.path}: index.json`);
  const images = manifests
    .filter((descriptor) => !isAttestation(descriptor))
    .map((descriptor) => ({ names: namesOf(descriptor), platforms: platformsOf(store, descriptor, 0) }));
  return group(images);
}

/** The images behind a descriptor whose blobs are here: archives may list platforms that they do not hold. */
function platformsOf(store: BlobStore, descriptor: Descriptor, depth: number): PlatformImage[] {
  if (isAttestation(descriptor) || depth > nestingLimit || !store.has(blobName(descriptor.digest))) return [];
  const what = `${store.path}: ${descriptor.digest}`;
  const parsed = parseMetadata(readDescribed(store, descriptor, 'manifest'), manifestOrIndexSchema, what);
  if (parsed.kind === 'index') return parsed.index.manifests.flatMap((one) => platformsOf(store, one, depth + 1));
  const config = blobName(parsed.manifest.config.digest);
  if (!store.has(config)) return [];
  const platform = descriptor.platform ?? configPlatform(store, config);
  return [{ platform, config, location: { kind: 'oci', descriptor } }];
}

function readDockerCatalog(store: BlobStore): CatalogImage[] {
  const bytes = store.metadata('manifest.json') ?? Buffer.alloc(0);
  const entries = parseMetadata(bytes, dockerManifestSchema, `${store.path}: manifest.json`);
  const images = entries.map((entry): CatalogImage => {
    const platform = configPlatform(store, entry.config);
    return {
      names: entry.repoTags,
      platforms: [{ platform, config: entry.config, location: { kind: 'docker', entry } }],
    };
  });
  return group(images);
}

function configPlatform(store: BlobStore, name: string): Platform {
  const bytes = store.metadata(name);
  if (bytes === null) throw problem('missing-blob', { path: store.path, name, role: 'configuration' });
  return parseMetadata(bytes, imageConfigSchema, `${store.path}: ${name}`).platform;
}

/**
 * Entries with the same name are platforms of one image, and so are nameless ones, if their platforms differ (that is
 * how several tools write a multi-platform layout).
 */
function group(images: readonly CatalogImage[]): CatalogImage[] {
  const groups: CatalogImage[] = [];
  for (const image of images) {
    if (image.platforms.length === 0) continue;
    const at = groups.findIndex((other) => sameName(other, image) && !sharesPlatform(other, image));
    const other = groups[at];
    if (other === undefined) groups.push(image);
    else groups[at] = { names: other.names, platforms: [...other.platforms, ...image.platforms] };
  }
  return groups;
}

function sameName(a: CatalogImage, b: CatalogImage): boolean {
  return a.names.length === b.names.length && a.names.every((name, at) => name === b.names[at]);
}

function sharesPlatform(a: CatalogImage, b: CatalogImage): boolean {
  const keys = new Set(a.platforms.map(({ platform }) => JSON.stringify(platform)));
  return b.platforms.some(({ platform }) => keys.has(JSON.stringify(platform)));
}

/** Docker 25 and later write both: the index knows digests and media types, manifest.json the tags. */
function merge(oci: readonly CatalogImage[], docker: readonly CatalogImage[]): CatalogImage[] {
  const merged = [...oci];
  for (const image of docker) {
    const configs = new Set(image.platforms.map(({ config }) => config));
    const at = merged.findIndex(({ platforms }) => platforms.some(({ config }) => configs.has(config)));
    const same = merged[at];
    if (same === undefined) merged.push(image);
    else merged[at] = { ...same, names: [...new Set([...image.names, ...same.names])] };
  }
  return merged;
}
