import { closeSync } from 'node:fs';
import { EntryType } from './entry-type.ts';
import { openFile, readFully } from './file-extent.ts';
import { isKept, type KeptContent, layerLimit } from './kept-content.ts';
import type { ReadableLayer } from './read-contents.ts';
import { StringReader } from './string-table.ts';

/**
 * The content that a layer on disk would have kept had it passed by: read now, for it can be had at any time. Layers of
 * another form have theirs already.
 * @throws LayerscopeError `not-readable`
 */
export function readKept({ content, compression, index, what }: ReadableLayer): KeptContent {
  const kept = new Map<number, Uint8Array>();
  if (content.kind !== 'extent' || compression !== 'none') return kept;
  const names = new StringReader(index.strings);
  let total = 0;
  const fd = openFile(content.extent.file);
  try {
    for (let row = 0; row < index.count; row++) {
      const size = index.size[row] ?? 0;
      if (index.type[row] !== EntryType.file || index.sparse.has(row) || !isKept(names.get(index.name[row] ?? 0), size))
        continue;
      total += size;
      if (total > layerLimit) break;
      const bytes = Buffer.alloc(size);
      readFully(fd, bytes, size, content.extent.offset + (index.offset[row] ?? 0), what);
      kept.set(row, bytes);
    }
  } finally {
    closeSync(fd);
  }
  return kept;
}
