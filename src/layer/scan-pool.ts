import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import { ContentDigests } from './content-digests.ts';
import { type BlobToScan, scanBlob, type ScannedBlob } from './scan-blob.ts';
import type { ScanReply } from './scan-protocol.ts';

/** Below this many bytes in all, starting workers (some 40 ms each) costs more than they save. */
const worthWorkers = 16 * 1024 * 1024;

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
  const total = blobs.reduce((sum, blob) => sum + blob.extent.size, 0);
  const workerCount = Math.min(availableParallelism(), blobs.length);
  if (total < worthWorkers || workerCount < (thread === 'aside' ? 1 : 2)) return scanInTurn(blobs, watcher);

  const queue = blobs.map((_, place) => place).sort((a, b) => sizeAt(blobs, a) - sizeAt(blobs, b));
  const workers = Array.from({ length: workerCount }, () => new Worker(workerFile));
  const drain = async (worker: Worker): Promise<void> => {
    for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
      const blob = blobs[place];
      const at = place;
      if (blob === undefined) continue;
      watcher.onScanned(at, await scanIn(worker, blob, (bytes) => watcher.onProgress(at, bytes)));
    }
  };
  try {
    await Promise.all(workers.map(drain));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function scanInTurn(blobs: readonly BlobToScan[], { onProgress, onScanned }: ScanWatcher): Promise<void> {
  for (const [place, blob] of blobs.entries())
    onScanned(place, await scanBlob(blob, (bytes) => onProgress(place, bytes)));
}

function sizeAt(blobs: readonly BlobToScan[], place: number): number {
  return blobs[place]?.extent.size ?? 0;
}

function scanIn(worker: Worker, blob: BlobToScan, onProgress: (bytes: number) => void): Promise<ScannedBlob> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.removeAllListeners('message').removeAllListeners('error');
      act();
    };
    worker.on('message', (reply: ScanReply) => {
      switch (reply.kind) {
        case 'progress':
          onProgress(reply.bytes);
          break;
        case 'scanned':
          settle(() => resolve({ ...reply.blob, digests: ContentDigests.fromData(reply.blob.digests) }));
          break;
        case 'failed':
          settle(() => reject(new LayerscopeError(reply.code, reply.message)));
          break;
      }
    });
    worker.on('error', (error) => settle(() => reject(problem('internal', { reason: reasonOf(error) }, error))));
    worker.postMessage(blob);
  });
}
