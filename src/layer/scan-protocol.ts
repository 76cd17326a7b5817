import type { ErrorCode } from '../errors.ts';
import type { ContentDigestsData } from './content-digests.ts';
import type { ExtentToScan, ScannedBlob } from './scan-blob.ts';

/**
 * To a scan worker: a blob on disk; or one that comes from elsewhere, its first piece as `stream`, then any number of
 * `piece`, and `end`. The next blob is sent when the reply to the last one is there.
 */
export type ScanRequest =
  | { readonly kind: 'extent'; readonly blob: ExtentToScan }
  | {
      readonly kind: 'stream';
      readonly what: string;
      readonly hashed: boolean;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'piece'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' };

/** From a scan worker, for each blob: any number of `progress` (of one on disk) or `taken`, then one of the others. */
export type ScanReply =
  | { readonly kind: 'progress'; readonly bytes: number }
  /** So much of a stream needs no memory any more. */
  | { readonly kind: 'taken'; readonly bytes: number }
  | {
      readonly kind: 'scanned';
      readonly blob: Omit<ScannedBlob, 'digests'> & { readonly digests: ContentDigestsData };
    }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };
