import type { Mapping } from '../../dockerfile/mapping.ts';
import type { Image } from '../../image/image.ts';

/** What an image is, before any layer of it is read. */
export interface KnownImage {
  readonly image: Image;
  readonly mapping: Mapping;
  /** The Dockerfile's path; null where there is none. */
  readonly file: string | null;
}

/** How far the blob of a layer is read, in bytes; null: all of it. */
export type LayerReading = { readonly done: number; readonly total: number } | null;
