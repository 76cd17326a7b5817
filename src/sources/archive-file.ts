import { closeSync } from 'node:fs';
import { problem } from '../errors.ts';
import { metadataLimit } from '../image/metadata.ts';
import { openFile, readFully, type FileExtent } from '../layer/file-extent.ts';
import { EntryDecoder } from '../layer/tar/entry-decoder.ts';
import { walkExtent } from '../layer/tar/walk-extent.ts';
import { ArchiveNames } from './archive-names.ts';
import type { BlobStore } from './blob-store.ts';

/**
 * Lists an uncompressed archive on disk by its headers; its contents stay where they are.
 * @param path names it in errors
 * @throws LayerscopeError `corrupt-tar`, `truncated`, `not-readable`
 */
export function openArchiveFile(whole: FileExtent, path: string): BlobStore {
  const names = new ArchiveNames<FileExtent>(path);
  const { file } = whole;
  const fd = openFile(file);
  try {
    walkExtent(fd, whole, new EntryDecoder(path), path, (entry, offset) => {
      names.add(entry, { file, offset, size: entry.storedSize });
    });
  } finally {
    closeSync(fd);
  }
  return {
    path,
    kind: 'archive',
    has: (name) => names.get(name) !== null,
    metadata: (name) => {
      const extent = names.get(name);
      return extent === null ? null : readMetadata(extent, `${path}: ${name}`);
    },
    layer: (name) => {
      const extent = names.get(name);
      return extent === null ? null : { kind: 'extent', extent };
    },
  };
}

/** Reads a small extent into memory. @throws LayerscopeError `metadata-too-large`, `truncated`, `not-readable` */
export function readMetadata({ file, offset, size }: FileExtent, what: string): Buffer {
  if (size > metadataLimit) throw problem('metadata-too-large', { path: what, size, limit: metadataLimit });
  const bytes = Buffer.alloc(size);
  const fd = openFile(file);
  try {
    const read = readFully(fd, bytes, size, offset, what);
    if (read < size) throw problem('truncated', { path: what, offset: read });
  } finally {
    closeSync(fd);
  }
  return bytes;
}
