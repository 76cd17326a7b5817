import { closeSync } from 'node:fs';
import { openFile, readFully } from './file-extent.ts';
import type { ReadableLayer } from './read-contents.ts';

/**
 * The content of one small file of a layer on disk, which need not be kept: it can be had at any time.
 * @returns null for layers of another form, which keep theirs while they pass (kept-content.ts)
 * @throws LayerscopeError `not-readable`
 */
export function readSmallFile({ content, compression, index, what }: ReadableLayer, row: number): Buffer | null {
  if (content.kind !== 'extent' || compression !== 'none' || index.sparse.has(row)) return null;
  const size = index.size[row] ?? 0;
  const bytes = Buffer.alloc(size);
  const fd = openFile(content.extent.file);
  try {
    return bytes.subarray(0, readFully(fd, bytes, size, content.extent.offset + (index.offset[row] ?? 0), what));
  } finally {
    closeSync(fd);
  }
}
