import type * as v from 'valibot';
import { problem } from '../errors.ts';
import { imageConfigSchema } from '../image/config.ts';
import { type Descriptor, isAttestation, namesOf, subjectOf } from '../image/descriptor.ts';
import { type DockerManifestEntry, dockerManifestSchema } from '../image/docker-manifest.ts';
import { imageIndexSchema, manifestOrIndexSchema } from '../image/manifest.ts';
import { parseMetadata, totalMetadataLimit } from '../image/metadata.ts';
import type { Platform } from '../image/platform.ts';
import { cleanPath } from '../layer/clean-path.ts';
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
  /** Manifests of what is attested of it. */
  readonly attestations: readonly Descriptor[];
}

/** What a user would call one image: some names, and one or more platforms. */
export interface CatalogImage {
  readonly names: readonly string[];
  readonly platforms: readonly PlatformImage[];
}

/** A layout that serves as a cache has some thousands; indexes that list each other often enough have no end. */
const descriptorLimit = 10_000;

/** Indexes of indexes occur two deep; a loop would need a digest that contains itself. */
const nestingLimit = 8;

/** Reads each document once, however often it is listed, and no more of them than any image has. */
export class CatalogReader {
  private readonly store: BlobStore;
  private readonly manifests = new Map<string, v.InferOutput<typeof manifestOrIndexSchema>>();
  private readonly platforms = new Map<string, Platform>();
  private descriptors = 0;
  private bytes = 0;

  constructor(store: BlobStore) {
    this.store = store;
  }

  ociImages(): CatalogImage[] {
    const bytes = this.store.metadata('index.json') ?? Buffer.alloc(0);
    const { manifests } = parseMetadata(bytes, imageIndexSchema, `${this.store.path}: index.json`);
    return manifests
      .filter((descriptor) => !isAttestation(descriptor))
      .map((descriptor) => ({ names: namesOf(descriptor), platforms: this.platformsOf(descriptor, manifests, 0) }));
  }

  dockerImages(): CatalogImage[] {
    const bytes = this.store.metadata('manifest.json') ?? Buffer.alloc(0);
    const entries = parseMetadata(bytes, dockerManifestSchema, `${this.store.path}: manifest.json`);
    return entries.map((entry): CatalogImage => {
      this.countDescriptor();
      const platform = this.configPlatform(entry.config);
      return {
        names: entry.repoTags,
        platforms: [
          { platform, config: cleanPath(entry.config), location: { kind: 'docker', entry }, attestations: [] },
        ],
      };
    });
  }

  /** The images behind a descriptor whose blobs are here: archives may list platforms that they do not hold. */
  private platformsOf(descriptor: Descriptor, siblings: readonly Descriptor[], depth: number): PlatformImage[] {
    this.countDescriptor();
    const { store } = this;
    if (isAttestation(descriptor) || depth > nestingLimit || !store.has(blobName(descriptor.digest))) return [];
    const parsed = this.manifest(descriptor);
    if (parsed.kind === 'index') {
      const { manifests } = parsed.index;
      return manifests.flatMap((one) => this.platformsOf(one, manifests, depth + 1));
    }
    const config = blobName(parsed.manifest.config.digest);
    if (!store.has(config)) return [];
    const platform = descriptor.platform ?? this.configPlatform(config);
    const attestations = siblings.filter((one) => isAttestation(one) && subjectOf(one) === descriptor.digest);
    return [{ platform, config, location: { kind: 'oci', descriptor }, attestations }];
  }

  private manifest(descriptor: Descriptor): v.InferOutput<typeof manifestOrIndexSchema> {
    const { digest, size } = descriptor;
    const key = `${digest} ${size}`;
    const known = this.manifests.get(key);
    if (known !== undefined) return known;
    const bytes = this.counted(readDescribed(this.store, descriptor, 'manifest'));
    const parsed = parseMetadata(bytes, manifestOrIndexSchema, `${this.store.path}: ${digest}`);
    this.manifests.set(key, parsed);
    return parsed;
  }

  private configPlatform(name: string): Platform {
    const known = this.platforms.get(name);
    if (known !== undefined) return known;
    const { path } = this.store;
    const bytes = this.store.metadata(name);
    if (bytes === null) throw problem('missing-blob', { path, name, role: 'configuration' });
    const { platform } = parseMetadata(this.counted(bytes), imageConfigSchema, `${path}: ${name}`);
    this.platforms.set(name, platform);
    return platform;
  }

  private countDescriptor(): void {
    if (++this.descriptors > descriptorLimit)
      throw problem('too-many-images', { path: this.store.path, limit: descriptorLimit });
  }

  private counted(bytes: Buffer): Buffer {
    this.bytes += bytes.length;
    if (this.bytes > totalMetadataLimit)
      throw problem('too-much-metadata', { path: this.store.path, limit: totalMetadataLimit });
    return bytes;
  }
}
