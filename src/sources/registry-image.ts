import { LayerscopeError, problem } from '../errors.ts';
import type { Descriptor } from '../image/descriptor.ts';
import type { Digest } from '../image/digest.ts';
import { formatImageName, type ImageName } from '../image/image-name.ts';
import { type Manifest, manifestOrIndexSchema, manifestSchema } from '../image/manifest.ts';
import { parseMetadata } from '../image/metadata.ts';
import type { Platform } from '../image/platform.ts';
import type { RegistryClient } from '../registry/registry-client.ts';
import { assembleImage, type OpenedImage } from './assemble.ts';
import { isProvenance } from './attestation.ts';
import { MemoryStore } from './memory-store.ts';
import { isImageConfig, RegistryIndex } from './registry-index.ts';
import { type PlatformWish, selectPlatform } from './select.ts';

/** One image of a name: the only one, or the one of the platform that was chosen. */
interface Chosen {
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
  readonly manifest: Manifest;
  readonly attestations: readonly Descriptor[];
  /** Null if the manifest stands alone, and its configuration tells. */
  readonly platforms: readonly Platform[] | null;
}

/**
 * Opens an image in a registry by its manifest and configuration; its layers are fetched when they are read.
 * @param text how the user named it
 * @throws LayerscopeError `artifact`, and whatever the registry fails with
 */
export async function openRegistryImage(
  client: RegistryClient,
  name: ImageName,
  text: string,
  wish: PlatformWish,
): Promise<OpenedImage> {
  const path = formatImageName(name);
  const store = new MemoryStore(path);
  const { descriptor, bytes, manifest, attestations, platforms } = await choose(client, name, path, wish);
  if (!isImageConfig(manifest.config))
    throw problem('artifact', { path, mediaType: manifest.config.mediaType ?? 'unknown' });
  store.add(descriptor.digest, bytes);
  const [config] = await Promise.all([
    client.blob(manifest.config),
    ...attestations.map((attestation) => fetchAttestation(client, store, attestation)),
  ]);
  store.add(manifest.config.digest, config);
  for (const layer of manifest.layers)
    if (isDistributed(layer)) store.addLayer(layer.digest, { kind: 'remote', remote: client.remoteBlob(layer) });
  const opened = assembleImage(
    store,
    { location: { kind: 'oci', descriptor }, attestations },
    { reference: text, source: 'registry', names: [path], platforms: platforms ?? [] },
  );
  if (platforms !== null) return opened;
  return { ...opened, image: { ...opened.image, platforms: [opened.image.config.platform] } };
}

async function choose(client: RegistryClient, name: ImageName, path: string, wish: PlatformWish): Promise<Chosen> {
  const top = await client.manifest(name.digest ?? name.tag ?? 'latest');
  const parsed = parseMetadata(top.bytes, manifestOrIndexSchema, path);
  if (parsed.kind === 'manifest') {
    const { bytes } = top;
    const descriptor = describe(top.digest, bytes, top.mediaType);
    return { descriptor, bytes, manifest: parsed.manifest, attestations: [], platforms: null };
  }
  const images = await new RegistryIndex(client, path).images(parsed.index.manifests);
  if (images.length === 0) throw problem('not-an-image', { path, found: 'an index that lists no image' });
  const { descriptor, attestations } = selectPlatform(images, wish, path);
  const { bytes } = await client.manifest(descriptor.digest);
  const manifest = parseMetadata(bytes, manifestSchema, `${path}: ${descriptor.digest}`);
  return { descriptor, bytes, manifest, attestations, platforms: images.map(({ platform }) => platform) };
}

function describe(digest: Digest, bytes: Buffer, mediaType: string | null): Descriptor {
  return { mediaType, digest, size: bytes.length, urls: [], annotations: {}, platform: null };
}

/** Fetches what is attested of how the image was built; it may have been left out when the image was copied. */
async function fetchAttestation(client: RegistryClient, store: MemoryStore, attestation: Descriptor): Promise<void> {
  try {
    const { bytes } = await client.manifest(attestation.digest);
    const manifest = parseMetadata(bytes, manifestSchema, `${store.path}: ${attestation.digest}`);
    const statement = manifest.layers.find(isProvenance);
    if (statement === undefined) return;
    store.add(statement.digest, await client.blob(statement));
    store.add(attestation.digest, bytes);
  } catch (error) {
    if (!(error instanceof LayerscopeError) || error.code !== 'image-not-found') throw error;
  }
}

/** Layers that are not to be passed on (Windows' own) are no registry's but their maker's. */
function isDistributed({ mediaType, urls }: Descriptor): boolean {
  return urls.length === 0 && !/nondistributable|foreign/.test(mediaType ?? '');
}
