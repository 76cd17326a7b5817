import type { FileExtent } from './file-extent.ts';
import type { RemoteBlob } from './remote-blob.ts';
import type { ScannedBlob } from './scan-blob.ts';

/** The bytes of a layer that can be had at any time. */
export type StoredContent =
  /** On disk, to be read at any offset. */
  | { readonly kind: 'extent'; readonly extent: FileExtent }
  /** In a registry. */
  | { readonly kind: 'remote'; readonly remote: RemoteBlob };

/** Where the bytes of a layer are. */
export type LayerContent =
  | StoredContent
  /**
   * They passed by in a stream and were indexed then. `reopen` gives the blob's bytes once more, from the start, where
   * the stream can be had again; null where it cannot, as with standard input.
   */
  | { readonly kind: 'passed'; readonly scanned: ScannedBlob; readonly reopen: (() => AsyncIterable<Buffer>) | null }
  /** Not part of the image as given: a foreign layer. */
  | { readonly kind: 'absent' };
