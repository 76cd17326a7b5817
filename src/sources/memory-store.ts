import type { Digest } from '../image/digest.ts';
import type { LayerContent } from '../layer/layer-content.ts';
import { type BlobStore, blobName } from './blob-store.ts';

/** Metadata that was fetched, with layers that were not: what an image in a registry is put together from. */
export class MemoryStore implements BlobStore {
  readonly kind = 'directory';
  readonly path: string;
  private readonly documents = new Map<string, Buffer>();
  private readonly layers = new Map<string, LayerContent>();

  /** @param path names it in errors */
  constructor(path: string) {
    this.path = path;
  }

  add(digest: Digest, bytes: Buffer): void {
    this.documents.set(blobName(digest), bytes);
  }

  addLayer(digest: Digest, content: LayerContent): void {
    this.layers.set(blobName(digest), content);
  }

  has(name: string): boolean {
    return this.documents.has(name);
  }

  metadata(name: string): Buffer | null {
    return this.documents.get(name) ?? null;
  }

  layer(name: string): LayerContent | null {
    return this.layers.get(name) ?? null;
  }
}
