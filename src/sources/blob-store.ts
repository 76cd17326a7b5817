import type { LayerContent } from '../layer/layer-content.ts';

/**
 * The named contents of an archive or a layout: what an image is resolved from. Names are paths within it, such as
 * `manifest.json` or `blobs/sha256/…`, and may come from the image itself.
 */
export interface BlobStore {
  /** Names the whole in errors. */
  readonly path: string;
  readonly kind: 'archive' | 'directory';
  has(name: string): boolean;
  /**
   * The bytes of a piece of metadata.
   * @returns null if there is nothing of that name
   * @throws LayerscopeError `metadata-too-large`, `not-readable`
   */
  metadata(name: string): Buffer | null;
  /** Where a layer's bytes are; null if there is nothing of that name. @throws whatever its scan failed with */
  layer(name: string): LayerContent | null;
}

/** The name of a blob in an OCI layout (image-spec image-layout.md). */
export function blobName(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}
