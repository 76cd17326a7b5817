import { crc32 } from 'node:zlib';
import { problem } from '../../errors.ts';
import { type FileExtent, readFully } from '../file-extent.ts';
import { headBytes } from '../layer-columns.ts';
import { blockSize, padded } from './block.ts';
import type { EntryDecoder, Step } from './entry-decoder.ts';
import { ExtentWindow } from './extent-window.ts';
import type { TarEntry } from './tar-entry.ts';

/**
 * Told each entry, where its content starts in the tar, and the CRC-32 of the content's first `headBytes`. A callback:
 * a generator takes an object and a resumption for each of a million entries.
 */
export type EntryVisitor = (entry: TarEntry, offset: number, headCrc: number) => void;

/** Files up to this size are read through rather than seeked over: one large read costs less than many small ones. */
const denseFile = 16 * 1024;

/**
 * Walks the entries of an uncompressed tar on disk by its headers, seeking over content.
 * @param what names the tar in errors
 * @throws LayerscopeError `corrupt-tar`, `truncated`, `not-readable`
 */
export function walkExtent(
  fd: number,
  extent: FileExtent,
  decoder: EntryDecoder,
  what: string,
  visit: EntryVisitor,
): void {
  const window = new ExtentWindow(fd, extent);
  let position = 0;
  let dense = true;
  let sparseBlock = false;
  while (position < extent.size) {
    const at = window.locate(position, blockSize, dense);
    if (at === -1) throw problem('truncated', { path: what, offset: position });
    const step: Step = sparseBlock
      ? decoder.sparseBlock(window.buffer, at)
      : decoder.block(window.buffer, at, position);
    position += blockSize;
    sparseBlock = step.kind === 'sparse-block';
    switch (step.kind) {
      case 'end':
        decoder.finish(extent.size);
        return;
      case 'zero':
      case 'sparse-block':
        break;
      case 'extension': {
        const content = Buffer.alloc(step.size);
        const read = readFully(
          fd,
          content,
          Math.min(step.size, extent.size - position),
          extent.offset + position,
          what,
        );
        if (read < step.size) throw problem('truncated', { path: what, offset: position + read });
        decoder.extension(content);
        position += padded(step.size);
        break;
      }
      case 'skip':
        if (step.storedSize > extent.size - position) throw problem('truncated', { path: what, offset: extent.size });
        position += padded(step.storedSize);
        break;
      case 'entry': {
        const { storedSize } = step.entry;
        if (storedSize > extent.size - position) throw problem('truncated', { path: what, offset: extent.size });
        dense = storedSize <= denseFile;
        const headLength = Math.min(storedSize, headBytes);
        const head = headLength === 0 ? 0 : window.locate(position, headLength, dense);
        if (head === -1) throw problem('truncated', { path: what, offset: position });
        visit(step.entry, position, headLength === 0 ? 0 : crc32(window.buffer.subarray(head, head + headLength)));
        position += padded(storedSize);
        break;
      }
    }
  }
  if (sparseBlock) throw problem('truncated', { path: what, offset: position });
  decoder.finish(extent.size);
}
