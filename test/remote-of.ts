import { createHash } from 'node:crypto';
import type { RemoteBlob } from '../src/layer/remote-blob.ts';

/** How a blob arrives: pieces that end anywhere. */
const pieceSize = 50_000;

/** A blob elsewhere that holds these bytes. */
export function remoteOf(bytes: Buffer, annotations: Readonly<Record<string, string>> = {}): RemoteBlob {
  return {
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    size: bytes.length,
    mediaType: null,
    annotations,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
    },
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
