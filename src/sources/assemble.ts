import { createHash } from 'node:crypto';
import { problem } from '../errors.ts';
import { type ImageConfig, imageConfigSchema } from '../image/config.ts';
import type { Descriptor } from '../image/descriptor.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import type { DockerManifestEntry } from '../image/docker-manifest.ts';
import { type Image, layerHistory } from '../image/image.ts';
import { manifestSchema } from '../image/manifest.ts';
import { parseMetadata } from '../image/metadata.ts';
import type { LayerContent } from '../layer/layer-content.ts';
import { type Oddity, OddityTally } from '../warnings.ts';
import { type BlobStore, blobName } from './blob-store.ts';
import type { PlatformImage } from './catalog-reader.ts';
import { readAttestedProvenance } from './attestation.ts';
import { readDescribed } from './described.ts';

/** An image and, layer by layer, where its bytes are. */
export interface OpenedImage {
  readonly image: Image;
  readonly contents: readonly LayerContent[];
  readonly oddities: readonly Oddity[];
  /** The statement of how it was built, parsed JSON; null if there is none. */
  readonly provenance: unknown;
  /** Ends what is under way; nothing more can be read then, unless it is on disk. */
  readonly close: () => Promise<void>;
}

/** A layer as a manifest tells it. */
interface LayerBlob {
  readonly digest: Digest | null;
  readonly mediaType: string | null;
  readonly blobBytes: number | null;
  readonly content: LayerContent;
}

type Facts = Pick<Image, 'reference' | 'source' | 'names' | 'platforms'>;

/** overlayfs mounts 500 layers at most, Docker some 125; a manifest may name one layer a hundred thousand times. */
const layerLimit = 1000;

/** Puts an image together from its manifest and configuration. @throws LayerscopeError if a part is missing or broken */
export function assembleImage(
  store: BlobStore,
  { location, attestations }: Pick<PlatformImage, 'location' | 'attestations'>,
  facts: Facts,
): OpenedImage {
  const assembled =
    location.kind === 'oci' ? fromOci(store, location.descriptor, facts) : fromDocker(store, location.entry, facts);
  return { ...assembled, provenance: readAttestedProvenance(store, attestations), close: async () => {} };
}

type Assembled = Omit<OpenedImage, 'provenance' | 'close'>;

function fromOci(store: BlobStore, descriptor: Descriptor, facts: Facts): Assembled {
  const bytes = readDescribed(store, descriptor, 'manifest');
  const manifest = parseMetadata(bytes, manifestSchema, `${store.path}: ${descriptor.digest}`);
  const configBytes = readDescribed(store, manifest.config, 'configuration');
  const config = parseMetadata(configBytes, imageConfigSchema, `${store.path}: ${manifest.config.digest}`);
  const blobs = manifest.layers.map((layer) => ociLayer(store, layer));
  return assemble(config, blobs, {
    ...facts,
    manifestDigest: descriptor.digest,
    configDigest: manifest.config.digest,
    mediaType: manifest.mediaType ?? descriptor.mediaType,
  });
}

function ociLayer(store: BlobStore, { digest, mediaType, size, urls }: Descriptor): LayerBlob {
  const name = blobName(digest);
  const content = store.layer(name);
  if (content === null) {
    const foreign = urls.length > 0 || /nondistributable|foreign/.test(mediaType ?? '');
    if (!foreign) throw problem('missing-blob', { path: store.path, name, role: 'layer' });
    return { digest, mediaType, blobBytes: size, content: { kind: 'absent' } };
  }
  const actual = blobBytesOf(content);
  if (actual !== size) throw problem('wrong-size', { path: `${store.path}: ${name}`, expected: size, actual });
  return { digest, mediaType, blobBytes: size, content };
}

function fromDocker(store: BlobStore, entry: DockerManifestEntry, facts: Facts): Assembled {
  const configBytes = store.metadata(entry.config);
  if (configBytes === null)
    throw problem('missing-blob', { path: store.path, name: entry.config, role: 'configuration' });
  const configDigest: Digest = `sha256:${createHash('sha256').update(configBytes).digest('hex')}`;
  const named = /(?:^|[/:])([a-f0-9]{64})(?:\.json)?$/.exec(entry.config)?.[1];
  const path = `${store.path}: ${entry.config}`;
  if (named !== undefined && configDigest !== `sha256:${named}`)
    throw problem('wrong-digest', { path, expected: `sha256:${named}`, actual: configDigest });
  const config = parseMetadata(configBytes, imageConfigSchema, path);
  const blobs = entry.layers.map((name): LayerBlob => {
    const content = store.layer(name);
    if (content === null) throw problem('missing-blob', { path: store.path, name, role: 'layer' });
    return { digest: digestInName(name), mediaType: null, blobBytes: blobBytesOf(content), content };
  });
  return assemble(config, blobs, {
    ...facts,
    manifestDigest: null,
    configDigest,
    mediaType: null,
  });
}

function assemble(config: ImageConfig, blobs: readonly LayerBlob[], rest: Omit<Image, 'config' | 'layers'>): Assembled {
  if (blobs.length > layerLimit)
    throw problem('too-many-layers', { path: rest.reference, count: blobs.length, limit: layerLimit });
  const oddities = new OddityTally();
  const makers = config.history.filter(({ emptyLayer }) => !emptyLayer).length;
  if (config.history.length > 0 && makers !== blobs.length)
    oddities.note('history-mismatch', () => `${makers} steps make a layer, ${blobs.length} layers are there`);
  if (config.diffIds.length !== blobs.length)
    oddities.note('diff-id-mismatch', () => `${config.diffIds.length} and ${blobs.length}`);
  const history = layerHistory(config, blobs.length);
  const layers = blobs.map(({ digest, mediaType, blobBytes, content }, index) => {
    if (content.kind === 'absent') oddities.note('layer-absent', () => `layer ${index}`);
    const diffId = config.diffIds[index] ?? null;
    return { index, diffId, digest, mediaType, blobBytes, history: history[index] ?? null };
  });
  const contents = blobs.map(({ content }) => content);
  return { image: { ...rest, config, layers }, contents, oddities: oddities.list() };
}

function blobBytesOf(content: LayerContent): number {
  switch (content.kind) {
    case 'extent':
      return content.extent.size;
    case 'remote':
      return content.remote.size;
    case 'passed':
      return content.scanned.blobBytes;
    case 'absent':
      return 0;
  }
}

/** `blobs/sha256/<hex>` tells the digest; the names of older archives are made of other things. */
function digestInName(name: string): Digest | null {
  const [folder, algorithm, hex] = name.split('/');
  const digest = `${algorithm}:${hex}`;
  return folder === 'blobs' && isDigest(digest) ? digest : null;
}
