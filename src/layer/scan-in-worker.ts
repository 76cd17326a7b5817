import type { Worker } from 'node:worker_threads';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import { batches } from './batches.ts';
import { ContentDigests } from './content-digests.ts';
import { emptyLayer } from './empty-layer.ts';
import { chunkSize } from './file-extent.ts';
import type { RemoteBlob } from './remote-blob.ts';
import type { ExtentToScan, ScannedBlob } from './scan-blob.ts';
import type { ScanReply, ScanRequest } from './scan-protocol.ts';

/** A blob that arrives faster than it is scanned waits where it comes from, not in memory: bytes that may be on the way. */
const inFlightLimit = 4 * chunkSize;

/** Has a worker scan a blob on disk. @param onProgress told how many of its bytes are done */
export function scanExtentIn(
  worker: Worker,
  blob: ExtentToScan,
  onProgress: (bytes: number) => void,
): Promise<ScannedBlob> {
  const scanned = outcome(worker, (reply) => {
    if (reply.kind === 'progress') onProgress(reply.bytes);
  });
  send(worker, { kind: 'extent', blob });
  return scanned;
}

/**
 * Has a worker scan a blob that arrives on this thread, where it is verified; like `scanRemote`, to its end.
 * @param onProgress told how many of its bytes are there
 */
export async function scanRemoteIn(
  worker: Worker,
  what: string,
  remote: RemoteBlob,
  hashed: boolean,
  onProgress: (bytes: number) => void,
): Promise<ScannedBlob> {
  let done = 0;
  let taken = 0;
  let wake = (): void => {};
  const scanned = outcome(worker, (reply) => {
    if (reply.kind !== 'taken') return;
    taken += reply.bytes;
    wake();
  });
  scanned.catch(() => {}); // told below, or by the failure that ended the worker
  for await (const bytes of batches(remote.open(), chunkSize)) {
    const size = bytes.length;
    send(worker, done === 0 ? { kind: 'stream', what, hashed, bytes } : { kind: 'piece', bytes }, [bytes.buffer]);
    done += size;
    onProgress(done);
    while (done - taken >= inFlightLimit)
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), scanned.then(() => {})]);
  }
  if (done === 0) return emptyLayer();
  send(worker, { kind: 'end' });
  return scanned;
}

function send(worker: Worker, request: ScanRequest, transferred: ArrayBuffer[] = []): void {
  worker.postMessage(request, transferred);
}

/** The last reply to a request. @throws LayerscopeError as the scan did, or if the worker ends before */
function outcome(worker: Worker, onReply: (reply: ScanReply) => void): Promise<ScannedBlob> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (reply: ScanReply): void => {
      if (reply.kind === 'scanned')
        settle(() => resolve({ ...reply.blob, digests: ContentDigests.fromData(reply.blob.digests) }));
      else if (reply.kind === 'failed') settle(() => reject(new LayerscopeError(reply.code, reply.message)));
      else onReply(reply);
    };
    const onError = (error: unknown): void =>
      settle(() => reject(problem('internal', { reason: reasonOf(error) }, error)));
    const onExit = (): void => settle(() => reject(problem('internal', { reason: 'a scan was stopped' })));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
