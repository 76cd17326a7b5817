import type { ErrorCode } from '../errors.ts';
import type { ContentDigestsData } from './content-digests.ts';
import type { BlobToScan, ScannedBlob } from './scan-blob.ts';

/** To a scan worker: the next blob. */
export type ScanRequest = BlobToScan;

/** From a scan worker, in this order for each blob: any number of `progress`, then one of the others. */
export type ScanReply =
  | { readonly kind: 'progress'; readonly bytes: number }
  | {
      readonly kind: 'scanned';
      readonly blob: Omit<ScannedBlob, 'digests'> & { readonly digests: ContentDigestsData };
    }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };
