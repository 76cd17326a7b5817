import { problem } from '../errors.ts';
import { imageConfigSchema } from '../image/config.ts';
import { type Descriptor, isAttestation, subjectOf } from '../image/descriptor.ts';
import { manifestOrIndexSchema } from '../image/manifest.ts';
import { parseMetadata } from '../image/metadata.ts';
import type { Platform } from '../image/platform.ts';
import type { RegistryClient } from '../registry/registry-client.ts';

/** An image of an index, for one platform. */
export interface IndexedImage {
  readonly platform: Platform;
  readonly descriptor: Descriptor;
  /** Manifests of what is attested of it. */
  readonly attestations: readonly Descriptor[];
}

/** Indexes of indexes occur two deep; these two stand between us and one without end. */
const nestingLimit = 8;
const descriptorLimit = 1000;

/** Descriptors that do not say what they are for: each costs two requests. */
const askedLimit = 20;

/** Lists the images of an index, and of indexes in it. */
export class RegistryIndex {
  private readonly client: RegistryClient;
  private readonly path: string;
  private listed = 0;
  private asked = 0;

  /** @param path names the index in errors */
  constructor(client: RegistryClient, path: string) {
    this.client = client;
    this.path = path;
  }

  /** @throws LayerscopeError `too-many-images`, and whatever the registry fails with */
  async images(manifests: readonly Descriptor[], depth = 0): Promise<IndexedImage[]> {
    this.listed += manifests.length;
    if (this.listed > descriptorLimit || depth > nestingLimit)
      throw problem('too-many-images', { path: this.path, limit: descriptorLimit });
    const images: IndexedImage[] = [];
    for (const descriptor of manifests) {
      if (isAttestation(descriptor)) continue;
      const attestations = manifests.filter((one) => isAttestation(one) && subjectOf(one) === descriptor.digest);
      if (descriptor.platform !== null && !isIndex(descriptor))
        images.push({ platform: descriptor.platform, descriptor, attestations });
      else images.push(...(await this.ask(descriptor, attestations, depth)));
    }
    return images;
  }

  /** What a descriptor points at that does not say it. */
  private async ask(
    descriptor: Descriptor,
    attestations: readonly Descriptor[],
    depth: number,
  ): Promise<IndexedImage[]> {
    if (++this.asked > askedLimit) throw problem('too-many-images', { path: this.path, limit: askedLimit });
    const { bytes } = await this.client.manifest(descriptor.digest);
    const parsed = parseMetadata(bytes, manifestOrIndexSchema, `${this.path}: ${descriptor.digest}`);
    if (parsed.kind === 'index') return this.images(parsed.index.manifests, depth + 1);
    if (!isImageConfig(parsed.manifest.config)) return [];
    const config = await this.client.blob(parsed.manifest.config);
    const { platform } = parseMetadata(config, imageConfigSchema, `${this.path}: ${parsed.manifest.config.digest}`);
    return [{ platform, descriptor, attestations }];
  }
}

function isIndex({ mediaType }: Descriptor): boolean {
  return mediaType !== null && /index|manifest\.list/.test(mediaType);
}

/** Whether a manifest is an image's: registries hold charts, signatures and whatnot in the same form. */
export function isImageConfig({ mediaType }: Descriptor): boolean {
  return mediaType === null || /container\.image|oci\.image\.config/.test(mediaType);
}
