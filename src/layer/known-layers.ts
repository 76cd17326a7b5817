import type { Digest } from '../image/digest.ts';
import type { ScannedBlob } from './scan-blob.ts';

/** Indexes of layers that were made before, by the digest of the blob, which was verified then. */
export interface KnownLayers {
  /** Null if there is none, or none that can be used. */
  readonly get: (blob: Digest) => ScannedBlob | null;
  /** Keeps one, if that is possible. */
  readonly put: (blob: Digest, scanned: ScannedBlob) => void;
}
