import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { StoredContent } from './layer-content.ts';
import { scanBlob, type ScannedBlob } from './scan-blob.ts';
import { scanExtentIn, scanRemoteIn } from './scan-in-worker.ts';
import { scanRemote } from './scan-remote.ts';

/** Below this many bytes in all, starting workers (some 40 ms each) costs more than they save. */
const worthWorkers = 16 * 1024 * 1024;

/** How many blobs arrive at once, however few cores there are: a registry far away is waited for most of the time. */
const downloads = 3;

/** A layer's blob. */
export interface BlobToScan {
  /** Names the layer in errors. */
  readonly what: string;
  readonly content: StoredContent;
  /** Whether to hash the tar, and what is on disk as it is stored, too; that takes reading all of it. */
  readonly hashed: boolean;
}

/**
 * Where to scan: `any`, whatever is fastest; `aside`, so that this thread can go on with other things (a screen) if it
 * takes long.
 */
export type ScanThread = 'any' | 'aside';

/** What is told while blobs are scanned, each by its place in the list. */
export interface ScanWatcher {
  /** How many bytes of a blob are done. */
  readonly onProgress: (blob: number, bytes: number) => void;
  /** A blob is done; they come in any order. An error ends the scan. */
  readonly onScanned: (blob: number, scanned: ScannedBlob) => void;
}

/** Bytes of a blob as stored. */
export function blobSize({ content }: BlobToScan): number {
  return content.kind === 'extent' ? content.extent.size : content.remote.size;
}

/**
 * Scans blobs, several at once if that pays, largest first.
 * @param workerFile the compiled scan-worker
 * @throws the first failure; the other scans are stopped
 */
export async function scanBlobs(
  blobs: readonly BlobToScan[],
  thread: ScanThread,
  watcher: ScanWatcher,
  workerFile: URL = new URL('./scan-worker.js', import.meta.url),
): Promise<void> {
  const arrive = blobs.some(({ content }) => content.kind === 'remote');
  const lanes = Math.min(arrive ? Math.max(downloads, availableParallelism()) : availableParallelism(), blobs.length);
  const total = blobs.reduce((sum, blob) => sum + blobSize(blob), 0);
  // What arrives is verified here, so that even a single scan is better off on another thread.
  if (total < worthWorkers || lanes < (arrive || thread === 'aside' ? 1 : 2))
    return runLanes(
      blobs,
      Array.from({ length: arrive ? lanes : 1 }, () => scanHere),
      watcher,
    );
  const workers = Array.from({ length: lanes }, () => new Worker(workerFile));
  try {
    await runLanes(blobs, workers.map(scanIn), watcher);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

type Scan = (blob: BlobToScan, onProgress: (bytes: number) => void) => Promise<ScannedBlob>;

/** Each lane takes the largest blob that is left. */
async function runLanes(
  blobs: readonly BlobToScan[],
  lanes: readonly Scan[],
  { onProgress, onScanned }: ScanWatcher,
): Promise<void> {
  const queue = [...blobs.entries()].sort(([, a], [, b]) => blobSize(a) - blobSize(b));
  const run = async (scan: Scan): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [place, blob] = next;
      onScanned(place, await scan(blob, (bytes) => onProgress(place, bytes)));
    }
  };
  await Promise.all(lanes.map(run));
}

function scanHere({ what, content, hashed }: BlobToScan, onProgress: (bytes: number) => void): Promise<ScannedBlob> {
  if (content.kind === 'remote') return scanRemote(what, content.remote, hashed, onProgress);
  return scanBlob({ what, extent: content.extent, hashed }, onProgress);
}

function scanIn(worker: Worker): Scan {
  return ({ what, content, hashed }, onProgress) => {
    if (content.kind === 'remote') return scanRemoteIn(worker, what, content.remote, hashed, onProgress);
    return scanExtentIn(worker, { what, extent: content.extent, hashed }, onProgress);
  };
}
