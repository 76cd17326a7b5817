import { createHash } from 'node:crypto';
import type { RemoteBlob } from '../../../src/layer/remote-blob.ts';

/** A blob that remembers what was asked of it, as offset and length. */
export interface CountedBlob extends RemoteBlob {
  readonly reads: readonly (readonly [offset: number, length: number])[];
}

/** A blob on no other machine; reads fail outside of it, as a registry answers 416. */
export function memoryBlob(bytes: Buffer, annotations: Readonly<Record<string, string>>): CountedBlob {
  const reads: (readonly [offset: number, length: number])[] = [];
  return {
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    size: bytes.length,
    mediaType: null,
    annotations,
    reads,
    open: () => {
      throw new Error('the blob is read as a whole');
    },
    read: async (offset, length) => {
      await Promise.resolve();
      reads.push([offset, length]);
      if (!(offset >= 0 && length > 0 && offset + length <= bytes.length))
        throw new RangeError(`${length} bytes at ${offset} of ${bytes.length}`);
      return bytes.subarray(offset, offset + length);
    },
  };
}
