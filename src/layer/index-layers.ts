import { problem } from '../errors.ts';
import type { Digest } from '../image/digest.ts';
import type { Layer } from '../image/image.ts';
import type { OnProgress } from '../progress.ts';
import { ContentDigests } from './content-digests.ts';
import type { LayerContent } from './layer-content.ts';
import { LayerIndexBuilder } from './layer-index-builder.ts';
import type { BlobToScan, ScannedBlob } from './scan-blob.ts';
import { scanBlobs, type ScanThread } from './scan-pool.ts';

/** Layers with the place of their bytes, lowest first. */
export interface LayersToIndex {
  readonly layers: readonly Layer[];
  readonly contents: readonly LayerContent[];
  /** Whether blobs and tars have to match the digests the image gives for them. */
  readonly verify: boolean;
  readonly thread: ScanThread;
}

/** What is told while layers are indexed. */
export interface IndexWatcher {
  readonly onProgress: OnProgress;
  /** How many bytes of a layer's blob are read. */
  readonly onLayerProgress?: (layer: number, done: number, total: number) => void;
  /** A layer is done; they come in any order. */
  readonly onIndexed?: (layer: number, blob: ScannedBlob) => void;
}

/**
 * Indexes every layer of an image: those on disk now, several at once; those that passed by already are.
 * @throws LayerscopeError if a layer is damaged or, with `verify`, not what its digests say
 */
export async function indexLayers(
  { layers, contents, verify, thread }: LayersToIndex,
  watcher: IndexWatcher,
): Promise<ScannedBlob[]> {
  const indexed: ScannedBlob[] = [];
  const settle = (layer: number, blob: ScannedBlob): void => {
    if (verify) verifyBlob(blob, layers[layer]);
    indexed[layer] = blob;
    watcher.onIndexed?.(layer, blob);
  };
  const places: number[] = [];
  const blobs: BlobToScan[] = [];
  contents.forEach((content, layer) => {
    if (content.kind !== 'extent') return settle(layer, alreadyScanned(content));
    places.push(layer);
    blobs.push({ what: layerName(layers[layer], layer), extent: content.extent, hashed: verify });
  });
  const total = blobs.reduce((sum, { extent }) => sum + extent.size, 0);
  const done = blobs.map(() => 0);
  await scanBlobs(blobs, thread, {
    onProgress: (blob, bytes) => {
      done[blob] = bytes;
      const layer = places[blob] ?? 0;
      watcher.onLayerProgress?.(layer, bytes, blobs[blob]?.extent.size ?? 0);
      const what = `layer ${layer + 1} of ${layers.length}`;
      watcher.onProgress({ what, done: done.reduce((sum, one) => sum + one, 0), total });
    },
    onScanned: (blob, scanned) => settle(places[blob] ?? 0, scanned),
  });
  return indexed;
}

function layerName(layer: Layer | undefined, place: number): string {
  return `layer ${place}${layer?.diffId ? ` (${layer.diffId.slice(0, 19)})` : ''}`;
}

function alreadyScanned(content: LayerContent): ScannedBlob {
  if (content.kind === 'passed') return content.scanned;
  const index = new LayerIndexBuilder('').finish(0, []);
  const digests = new ContentDigests(0);
  return { index, digests, kept: new Map(), compression: 'none', blobBytes: 0, hashes: null, chunks: null };
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
