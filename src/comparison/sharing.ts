import type { ComparedImage, ComparedLayer } from './comparison.ts';

/** Several images side by side: which layers they share. */
export interface Sharing {
  readonly images: readonly SharingImage[];
  /** Every distinct layer, the most shared bytes first. */
  readonly layers: readonly (Omit<ComparedLayer, 'index' | 'line'> & { readonly images: readonly number[] })[];
  /** Of all images together, each layer once. */
  readonly totalBytes: number;
  /** Of all images if they shared nothing. */
  readonly sumBytes: number;
}

export interface SharingImage extends ComparedImage {
  readonly sizeBytes: number;
  /** In layers that no other of the images has. */
  readonly uniqueBytes: number;
  readonly sharedBytes: number;
}
