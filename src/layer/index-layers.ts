import { problem } from '../errors.ts';
import type { Digest } from '../image/digest.ts';
import type { Layer } from '../image/image.ts';
import type { OnProgress } from '../progress.ts';
import type { Oddity } from '../warnings.ts';
import { emptyLayer } from './empty-layer.ts';
import { indexWithoutBlob } from './index-without-blob.ts';
import type { KnownLayers } from './known-layers.ts';
import type { LayerContent, StoredContent } from './layer-content.ts';
import type { ScannedBlob } from './scan-blob.ts';
import { blobSize, scanBlobs, type ScanThread } from './scan-pool.ts';

/** Layers with the place of their bytes, lowest first. */
export interface LayersToIndex {
  readonly layers: readonly Layer[];
  readonly contents: readonly LayerContent[];
  /** Whether blobs and tars have to match the digests the image gives for them: then all of them are read. */
  readonly verify: boolean;
  readonly thread: ScanThread;
  /** What is known of layers elsewhere, and shall be; null if nothing. */
  readonly known: KnownLayers | null;
}

/** What is told while layers are indexed. */
export interface IndexWatcher {
  readonly onProgress: OnProgress;
  /** How many bytes of a layer's blob are read. */
  readonly onLayerProgress?: (layer: number, done: number, total: number) => void;
  /** A layer is done; they come in any order. */
  readonly onIndexed?: (layer: number, blob: ScannedBlob) => void;
}

/** A blob to index, and the layers that it is: an image may have one several times. */
interface Job {
  readonly what: string;
  readonly content: StoredContent;
  readonly places: number[];
  readonly oddities: readonly Oddity[];
}

/**
 * Indexes every layer of an image, several at once: those on disk, and those elsewhere as far as they are not known. Those
 * that passed by already are.
 * @throws LayerscopeError if a layer is damaged or, with `verify`, not what its digests say
 */
export async function indexLayers(
  { layers, contents, verify, thread, known }: LayersToIndex,
  watcher: IndexWatcher,
): Promise<ScannedBlob[]> {
  const indexed: ScannedBlob[] = [];
  const settle = (layer: number, blob: ScannedBlob): void => {
    if (verify) verifyBlob(blob, layers[layer]);
    indexed[layer] = blob;
    watcher.onIndexed?.(layer, blob);
  };
  const jobs = new Map<string, Job>();
  contents.forEach((content, layer) => {
    if (content.kind === 'passed') return settle(layer, content.scanned);
    if (content.kind === 'absent') return settle(layer, emptyLayer());
    const key = content.kind === 'remote' ? content.remote.digest : String(layer);
    const what = layerName(layers[layer], layer);
    const job = jobs.get(key) ?? { what, content, places: [], oddities: [] };
    job.places.push(layer);
    jobs.set(key, job);
  });
  const settleAll = ({ places }: Job, blob: ScannedBlob): void => places.forEach((layer) => settle(layer, blob));
  const left = verify ? [...jobs.values()] : await withoutBlobs([...jobs.values()], known, settleAll);
  await scanJobs(left, { verify, thread }, watcher, (job, blob) => {
    const told = { ...blob, index: { ...blob.index, oddities: [...job.oddities, ...blob.index.oddities] } };
    if (job.content.kind === 'remote') known?.put(job.content.remote.digest, told);
    settleAll(job, told);
  });
  dropHeads(indexed);
  return indexed;
}

/** Settles the layers elsewhere that need no blob. @returns the rest */
async function withoutBlobs(
  jobs: readonly Job[],
  known: KnownLayers | null,
  settle: (job: Job, blob: ScannedBlob) => void,
): Promise<Job[]> {
  const left: Job[] = [];
  const waiting = jobs.map(async (job) => {
    if (job.content.kind !== 'remote') return void left.push(job);
    const outline = await indexWithoutBlob(job.what, job.content.remote, known);
    if (outline.scanned === null) left.push({ ...job, oddities: outline.oddities });
    else settle(job, outline.scanned);
  });
  await Promise.all(waiting);
  return left;
}

/** Scans the blobs of jobs; they are done in any order. */
async function scanJobs(
  jobs: readonly Job[],
  { verify, thread }: Pick<LayersToIndex, 'verify' | 'thread'>,
  watcher: IndexWatcher,
  settle: (job: Job, blob: ScannedBlob) => void,
): Promise<void> {
  const blobs = jobs.map(({ what, content }) => ({ what, content, hashed: verify }));
  const sizes = blobs.map(blobSize);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const done = sizes.map(() => 0);
  let finished = 0;
  await scanBlobs(blobs, thread, {
    onProgress: (at, bytes) => {
      done[at] = bytes;
      jobs[at]?.places.forEach((layer) => watcher.onLayerProgress?.(layer, bytes, sizes[at] ?? 0));
      const what = jobs.length === 1 ? 'layer' : `layer ${finished + 1} of ${jobs.length}`;
      watcher.onProgress({ what, done: done.reduce((sum, one) => sum + one, 0), total });
    },
    onScanned: (at, scanned) => {
      finished++;
      const job = jobs[at];
      if (job !== undefined) settle(job, scanned);
    },
  });
}

/**
 * Files are compared by their first bytes before they are by digests; a table of contents does not tell those. With
 * digests of all files, which whatever came from elsewhere has, they are not needed.
 */
function dropHeads(indexed: readonly ScannedBlob[]): void {
  if (indexed.some(({ chunks }) => chunks !== null)) for (const { index } of indexed) index.head.fill(0);
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
