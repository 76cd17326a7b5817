import { parentPort } from 'node:worker_threads';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import { transferables } from './layer-index.ts';
import { scanBlob, type ScannedBlob } from './scan-blob.ts';
import { PassingBlobScan } from './scan-passing.ts';
import type { ScanReply, ScanRequest } from './scan-protocol.ts';

/** Time between two reports of progress, in milliseconds. */
const progressInterval = 50;

const port = parentPort;
if (port === null) throw new Error('scan-worker runs in a worker thread');

const send = (reply: ScanReply, transferred: ArrayBuffer[] = []): void => port.postMessage(reply, transferred);

let reported = 0;
const onProgress = (bytes: number): void => {
  const now = performance.now();
  if (now - reported < progressInterval) return;
  reported = now;
  send({ kind: 'progress', bytes });
};

const succeed = (blob: ScannedBlob): void => {
  const digests = blob.digests.toData();
  const chunks = blob.chunks === null ? [] : Object.values(blob.chunks).map(({ buffer }) => buffer);
  const transferred = [...transferables(blob.index), ...chunks, digests.rows.buffer, digests.known.buffer];
  send({ kind: 'scanned', blob: { ...blob, digests } }, transferred);
};

const fail = (error: unknown): void => {
  const known = error instanceof LayerscopeError ? error : problem('internal', { reason: reasonOf(error) });
  send({ kind: 'failed', code: known.code, message: known.message });
};

/** What becomes of the pieces of a stream, taken one after the other. */
let stream: Promise<PassingBlobScan> | null = null;

async function begin({ what, hashed, bytes }: Extract<ScanRequest, { kind: 'stream' }>): Promise<PassingBlobScan> {
  return push(new PassingBlobScan(what, asBuffer(bytes), hashed), bytes);
}

async function push(scan: PassingBlobScan, bytes: Uint8Array<ArrayBuffer>): Promise<PassingBlobScan> {
  await scan.push(asBuffer(bytes));
  return scan;
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Failed or not, the other side may send more; a failure is told at the end. */
function follow(taking: Promise<PassingBlobScan>, { byteLength }: Uint8Array<ArrayBuffer>): void {
  stream = taking.finally(() => send({ kind: 'taken', bytes: byteLength }));
  stream.catch(() => {});
}

port.on('message', (request: ScanRequest) => {
  switch (request.kind) {
    case 'extent':
      void scanBlob(request.blob, onProgress).then(succeed, fail);
      break;
    case 'stream':
      follow(begin(request), request.bytes);
      break;
    case 'piece':
      if (stream !== null)
        follow(
          stream.then((scan) => push(scan, request.bytes)),
          request.bytes,
        );
      break;
    case 'end':
      void stream?.then((scan) => scan.finish()).then(succeed, fail);
      break;
  }
});
