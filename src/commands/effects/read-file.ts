import { problem } from '../../errors.ts';
import type { EntryRef } from '../../filesystem/entry-ref.ts';
import { EntryType, entryTypeName } from '../../layer/entry-type.ts';
import { readContents } from '../../layer/read-contents.ts';
import { type ByteString, printable } from '../../text/byte-string.ts';
import type { FileContent } from '../../tui/file/content.ts';
import { decodeText } from '../../tui/file/text-encoding.ts';
import { type LoadedImage, readableLayer } from '../load-image.ts';
import { formatOf } from './format-of.ts';

/** Bytes of a file that are read for a look at it. */
export const contentLimit = 1024 * 1024;

/**
 * Reads the first part of a file from the layer that holds it.
 * @param path where it was opened, with a leading slash
 * @param ref the entry that holds it: an inode of the final filesystem or of a snapshot
 * @param limit bytes that are read at most
 * @throws LayerscopeError `not-a-file`, and what reading a layer throws
 */
export async function readFile(
  loaded: LoadedImage,
  path: ByteString,
  ref: EntryRef,
  limit: number = contentLimit,
): Promise<FileContent> {
  const layer = readableLayer(loaded, ref.layer);
  const type = layer.index.type[ref.entry] ?? EntryType.file;
  if (type !== EntryType.file) throw problem('not-a-file', { path: printable(path), type: entryTypeName(type) });
  const sizeBytes = layer.index.size[ref.entry] ?? 0;
  // All zero at first: that is what the holes of a sparse file are.
  const bytes = new Uint8Array(Math.min(sizeBytes, limit));
  const isSparse = layer.index.sparse.has(ref.entry);
  for await (const { position, piece } of readContents(layer, [ref.entry])) {
    bytes.set(piece.subarray(0, Math.max(0, bytes.length - position)), Math.min(position, bytes.length));
    // The map of a sparse file may name its pieces in any order.
    if (!isSparse && position + piece.length >= bytes.length) break;
  }
  const format = (await formatOf(bytes)) ?? (isSparse ? 'sparse file' : null);
  return { path, ref, sizeBytes, bytes, format, text: decodeText(bytes, sizeBytes) !== null };
}
