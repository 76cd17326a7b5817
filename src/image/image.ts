import type { HistoryEntry, ImageConfig } from './config.ts';
import type { Digest } from './digest.ts';
import type { Platform } from './platform.ts';

/** How an image is stored on disk. */
export type ArchiveKind = 'docker-archive' | 'oci-archive' | 'oci';

/** Container engines that are asked for images. */
export type EngineKind = 'docker' | 'podman';

/** Where an image was read from. */
export type SourceKind = ArchiveKind | EngineKind | 'registry';

/** One layer as the image's metadata describes it; its bytes are elsewhere. */
export interface Layer {
  /** 0 is the lowest. */
  readonly index: number;
  /** Digest of the uncompressed tar, from the configuration; null where that lists too few. */
  readonly diffId: Digest | null;
  /** Digest of the blob as stored or transferred; null in archives that do not tell. */
  readonly digest: Digest | null;
  readonly mediaType: string | null;
  /** Bytes of the blob as its descriptor says; null in archives that do not tell. */
  readonly blobBytes: number | null;
  readonly history: HistoryEntry | null;
}

/** An image: metadata only, values all the way down. */
export interface Image {
  /** As the user named it. */
  readonly reference: string;
  readonly source: SourceKind;
  /** Tags and names, if the source tells any. */
  readonly names: readonly string[];
  /** All that the source has of it, attestations left out. */
  readonly platforms: readonly Platform[];
  readonly manifestDigest: Digest | null;
  readonly configDigest: Digest;
  readonly mediaType: string | null;
  readonly config: ImageConfig;
  readonly layers: readonly Layer[];
}

/**
 * Hands each layer the history entry that made it: entries without `empty_layer`, in order (OCI image-spec config.md).
 * Layers beyond the history get null.
 */
export function layerHistory(config: ImageConfig, layerCount: number): (HistoryEntry | null)[] {
  const makers = config.history.filter((entry) => !entry.emptyLayer);
  return Array.from({ length: layerCount }, (_, index) => makers[index] ?? null);
}
