import { problem } from '../errors.ts';
import type { Digest } from '../image/digest.ts';
import type { Layer } from '../image/image.ts';
import type { OnProgress } from '../progress.ts';
import { ContentDigests } from './content-digests.ts';
import type { LayerContent } from './layer-content.ts';
import { LayerIndexBuilder } from './layer-index-builder.ts';
import type { BlobToScan, ScannedBlob } from './scan-blob.ts';
import { scanBlobs } from './scan-pool.ts';

/** Layers with the place of their bytes, lowest first. */
export interface LayersToIndex {
  readonly layers: readonly Layer[];
  readonly contents: readonly LayerContent[];
  /** Whether blobs and tars have to match the digests the image gives for them. */
  readonly verify: boolean;
}

/**
 * Indexes every layer of an image: those on disk now, several at once; those that passed by already are.
 * @throws LayerscopeError if a layer is damaged or, with `verify`, not what its digests say
 */
export async function indexLayers(
  { layers, contents, verify }: LayersToIndex,
  onProgress: OnProgress,
): Promise<ScannedBlob[]> {
  const places: number[] = [];
  const blobs: BlobToScan[] = [];
  contents.forEach((content, place) => {
    if (content.kind !== 'extent') return;
    places.push(place);
    blobs.push({ what: layerName(layers[place], place), extent: content.extent, hashed: verify });
  });
  const total = blobs.reduce((sum, { extent }) => sum + extent.size, 0);
  const done = blobs.map(() => 0);
  const scanned = await scanBlobs(blobs, (blob, bytes) => {
    done[blob] = bytes;
    const what = `layer ${(places[blob] ?? 0) + 1} of ${layers.length}`;
    onProgress({ what, done: done.reduce((sum, one) => sum + one, 0), total });
  });
  const byPlace = new Map(places.map((place, blob) => [place, scanned[blob]]));
  const indexed = contents.map((content, place) => byPlace.get(place) ?? alreadyScanned(content));
  if (verify) indexed.forEach((blob, place) => verifyBlob(blob, layers[place]));
  return indexed;
}

function layerName(layer: Layer | undefined, place: number): string {
  return `layer ${place}${layer?.diffId ? ` (${layer.diffId.slice(0, 19)})` : ''}`;
}

function alreadyScanned(content: LayerContent): ScannedBlob {
  if (content.kind === 'passed') return content.scanned;
  const index = new LayerIndexBuilder('').finish(0, []);
  return { index, digests: new ContentDigests(0), kept: new Map(), compression: 'none', blobBytes: 0, hashes: null };
}

function verifyBlob({ hashes }: ScannedBlob, layer: Layer | undefined): void {
  if (hashes === null || layer === undefined) return;
  const what = layerName(layer, layer.index);
  expectDigest(hashes.blob, layer.digest, what);
  expectDigest(hashes.tar, layer.diffId, `${what}, uncompressed`);
}

function expectDigest(actual: Digest, expected: Digest | null, path: string): void {
  if (expected === null || expected === actual) return;
  if (!expected.startsWith('sha256:')) throw problem('unverifiable-digest', { path, digest: expected });
  throw problem('wrong-digest', { path, expected, actual });
}
