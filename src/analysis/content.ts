import type { Digest } from '../image/digest.ts';
import type { ContentDigests } from '../layer/content-digests.ts';
import type { EntryRef } from '../filesystem/entry-ref.ts';
import type { LayerView } from '../filesystem/layer-view.ts';

/** SHA-256 of no bytes at all. */
const emptyDigest: Digest = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Compares files by what is known of them: size and head of all, digests of those that asked for it. */
export class Contents {
  private readonly layers: readonly LayerView[];
  private readonly digests: readonly ContentDigests[];

  constructor(layers: readonly LayerView[], digests: readonly ContentDigests[]) {
    this.layers = layers;
    this.digests = digests;
  }

  /** Null if the content was not hashed, or the entry is no regular file. */
  digest({ layer, entry }: EntryRef): Digest | null {
    const view = this.layers[layer];
    if (view === undefined || !view.isFile(entry)) return null;
    return view.size(entry) === 0 ? emptyDigest : (this.digests[layer]?.get(entry) ?? null);
  }

  /** Whether two regular files hold the same bytes. Sparse files are not hashed, and so never the same. */
  same(a: EntryRef, b: EntryRef): boolean {
    if (!mayBeSame(this.layers, a, b)) return false;
    if (this.layers[a.layer]?.size(a.entry) === 0) return true;
    const [one, other] = [this.digests[a.layer], this.digests[b.layer]];
    return one !== undefined && other !== undefined && one.equal(a.entry, other, b.entry);
  }
}

/** Whether two entries could hold the same bytes as far as their columns tell: then it pays to hash them. */
export function mayBeSame(layers: readonly LayerView[], a: EntryRef, b: EntryRef): boolean {
  const one = layers[a.layer];
  const other = layers[b.layer];
  if (one === undefined || other === undefined || !one.isFile(a.entry) || !other.isFile(b.entry)) return false;
  return one.size(a.entry) === other.size(b.entry) && one.index.head[a.entry] === other.index.head[b.entry];
}

/** Whether two entries agree in everything but content: type, mode, owner, time, extended attributes. */
export function sameMetadata(layers: readonly LayerView[], a: EntryRef, b: EntryRef): boolean {
  const one = layers[a.layer];
  const other = layers[b.layer];
  if (one === undefined || other === undefined) return false;
  return (
    one.type(a.entry) === other.type(b.entry) &&
    one.index.mode[a.entry] === other.index.mode[b.entry] &&
    one.index.uid[a.entry] === other.index.uid[b.entry] &&
    one.index.gid[a.entry] === other.index.gid[b.entry] &&
    one.index.mtime[a.entry] === other.index.mtime[b.entry] &&
    one.xattrs(a.entry) === other.xattrs(b.entry)
  );
}
