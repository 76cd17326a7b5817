import type { RemoteBlob } from '../remote-blob.ts';
import type { ScannedBlob } from '../scan-blob.ts';
import { indexEstargz, tocDigestAnnotation } from './estargz.ts';
import { asTocFailure } from './toc-failure.ts';
import { indexZstdChunked, manifestPosition } from './zstd-chunked.ts';

/**
 * Indexes a layer from its table of contents, by range requests: two for eStargz, one for zstd:chunked. The index is what
 * a scan of the tar gives, but for what takes its bytes: `offset` and `head` are 0, `tarBytes` is null, and nothing is kept
 * (fetch-kept.ts). Times of eStargz are whole seconds.
 * @param what names the layer in errors
 * @returns null if the layer does not claim to have one
 * @throws LayerscopeError `toc-missing`, `toc-damaged`, `toc-unverified`: the layer may be read through all the same;
 * `too-many-entries`, `too-much-detail`; and whatever the blob fails with
 */
export async function readToc(blob: RemoteBlob, what: string): Promise<ScannedBlob | null> {
  const manifest = manifestPosition(blob.annotations);
  const tocDigest = blob.annotations[tocDigestAnnotation];
  try {
    const kept = new Map<number, Uint8Array>();
    const found = { kept, blobBytes: blob.size, hashes: null };
    // The stargz-snapshotter puts both annotations on a zstd:chunked layer.
    if (manifest !== null) return { ...(await indexZstdChunked(blob, manifest, what)), ...found, compression: 'zstd' };
    if (tocDigest !== undefined)
      return { ...(await indexEstargz(blob, tocDigest, what)), ...found, compression: 'gzip' };
    return null;
  } catch (error) {
    throw asTocFailure(error, what);
  }
}
