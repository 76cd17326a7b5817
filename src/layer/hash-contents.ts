import { closeSync } from 'node:fs';
import { problem } from '../errors.ts';
import { type ContentDigests, ContentHasher } from './content-digests.ts';
import { chunkSize, openFile, readFully } from './file-extent.ts';
import type { ReadableLayer } from './read-contents.ts';

/**
 * Hashes the content of entries that are not hashed yet, into `digests`. Only layers that were indexed by seeking have
 * such: in all others every file was hashed as it passed. Sparse files are left out: their size is a claim, and hashing
 * an exabyte of zeros would never end.
 * @param rows entries that are regular files, in ascending order
 * @throws LayerscopeError `truncated`, `not-readable`
 */
export function hashContents(layer: ReadableLayer, rows: readonly number[], digests: ContentDigests): void {
  const { content, compression, index, what } = layer;
  if (content.kind !== 'extent' || compression !== 'none') return;
  const wanted = rows.filter((row) => !digests.has(row) && !index.sparse.has(row));
  if (wanted.length === 0) return;
  const hasher = new ContentHasher();
  const buffer = Buffer.allocUnsafe(chunkSize);
  const fd = openFile(content.extent.file);
  try {
    for (const row of wanted) {
      const start = content.extent.offset + (index.offset[row] ?? 0);
      const size = index.size[row] ?? 0;
      for (let done = 0; done < size;) {
        const length = Math.min(buffer.length, size - done);
        if (readFully(fd, buffer, length, start + done, what) < length)
          throw problem('truncated', { path: what, offset: start + done });
        done += length;
        hasher.update(buffer.subarray(0, length), done === size);
      }
      digests.set(row, hasher.digest());
    }
  } finally {
    closeSync(fd);
  }
}
