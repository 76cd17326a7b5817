import { createHash } from 'node:crypto';
import { problem } from '../../errors.ts';
import type { RemoteBlob } from '../remote-blob.ts';
import { decompress } from '../compression.ts';
import { readRange } from './read-range.ts';
import { parseTocEntry } from './toc-entry.ts';
import { compressedTocLimit, tocDamaged, tocLimit } from './toc-failure.ts';
import { type TocIndex, TocIndexer } from './toc-indexer.ts';
import { TocJson } from './toc-json.ts';

/** The annotations' prefixes: of containers/storage, and of the stargz-snapshotter before it took over that one. */
const prefixes = ['io.github.containers.zstd-chunked.', 'io.containers.zstd-chunked.'] as const;

/** Where the annotations of a zstd:chunked layer say that its manifest is, and what it hashes to. */
export interface ManifestPosition {
  /** `offset:length:uncompressed length:type`, in bytes. */
  readonly position: string;
  /** Digest of the manifest as compressed. */
  readonly checksum: string | undefined;
}

/** @returns null if a layer with these annotations is not zstd:chunked */
export function manifestPosition(annotations: RemoteBlob['annotations']): ManifestPosition | null {
  for (const prefix of prefixes) {
    const position = annotations[`${prefix}manifest-position`];
    if (position !== undefined) return { position, checksum: annotations[`${prefix}manifest-checksum`] };
  }
  return null;
}

/** The only type there is: JSON as stargz has it. */
const crfsType = 1;

/** Indexes a zstd:chunked layer by its manifest, in one request. */
export async function indexZstdChunked(
  blob: RemoteBlob,
  { position, checksum }: ManifestPosition,
  what: string,
): Promise<TocIndex> {
  const fail = tocDamaged(what);
  const numbers = /^(\d{1,15}):(\d{1,15}):(\d{1,15}):(\d{1,15})$/.exec(position)?.slice(1).map(Number);
  const [offset = 0, length = 0, size = 0, type] = numbers ?? [];
  if (type !== crfsType) throw fail('its position is not of a kind that is known');
  if (offset + length > blob.size) throw fail('it is outside of the blob');
  if (length > compressedTocLimit) throw fail(`it has more than ${compressedTocLimit} bytes`);
  if (size > tocLimit) throw fail(`it has more than ${tocLimit} bytes`);

  const indexer = new TocIndexer(what, offset, fail);
  const json = new TocJson(fail);
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of readRange(blob, offset, offset + length)) {
      hash.update(chunk);
      yield chunk;
    }
  }
  let unpacked = 0;
  for await (const chunk of decompress(hashed(), 'zstd', what)) {
    unpacked += chunk.length;
    if (unpacked > size) throw fail('it is longer than it should be');
    for (const value of json.push(chunk)) indexer.add(parseTocEntry(value, fail));
  }
  const actual = `sha256:${hash.digest('hex')}`;
  if (actual !== checksum) throw problem('toc-unverified', { path: what, expected: checksum ?? 'none', actual });
  json.finish();
  return indexer.finish(offset);
}
