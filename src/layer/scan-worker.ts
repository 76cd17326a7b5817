import { parentPort } from 'node:worker_threads';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import { transferables } from './layer-index.ts';
import { scanBlob } from './scan-blob.ts';
import type { ScanReply, ScanRequest } from './scan-protocol.ts';

/** Time between two reports of progress, in milliseconds. */
const progressInterval = 50;

const port = parentPort;
if (port === null) throw new Error('scan-worker runs in a worker thread');

port.on('message', (request: ScanRequest) => {
  let reported = 0;
  const onProgress = (bytes: number): void => {
    const now = performance.now();
    if (now - reported < progressInterval) return;
    reported = now;
    port.postMessage({ kind: 'progress', bytes } satisfies ScanReply);
  };
  void scanBlob(request, onProgress).then(
    (blob) => {
      const digests = blob.digests.toData();
      const reply: ScanReply = { kind: 'scanned', blob: { ...blob, digests } };
      port.postMessage(reply, [...transferables(blob.index), digests.rows.buffer, digests.known.buffer]);
    },
    (error: unknown) => {
      const known = error instanceof LayerscopeError ? error : problem('internal', { reason: reasonOf(error) });
      port.postMessage({ kind: 'failed', code: known.code, message: known.message } satisfies ScanReply);
    },
  );
});
