import { problem } from '../errors.ts';
import type { Digest } from '../image/digest.ts';
import type { Layer } from '../image/image.ts';
import type { OnProgress } from '../progress.ts';
import { emptyLayer } from './empty-layer.ts';
import type { LayerContent } from './layer-content.ts';
import type { ScannedBlob } from './scan-blob.ts';
import { blobSize, type BlobToScan, scanBlobs, type ScanThread } from './scan-pool.ts';

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
    if (content.kind === 'passed') return settle(layer, content.scanned);
    if (content.kind === 'absent') return settle(layer, emptyLayer());
    places.push(layer);
    blobs.push({ what: layerName(layers[layer], layer), content, hashed: verify });
  });
  const sizes = blobs.map(blobSize);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const done = blobs.map(() => 0);
  await scanBlobs(blobs, thread, {
    onProgress: (blob, bytes) => {
      done[blob] = bytes;
      const layer = places[blob] ?? 0;
      watcher.onLayerProgress?.(layer, bytes, sizes[blob] ?? 0);
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
