import { createReadStream, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { problem, reasonOf } from '../errors.ts';

/** A range of a file on disk, in bytes: a layer within an archive, or a blob of its own. Plain data: a worker can get it. */
export interface FileExtent {
  readonly file: string;
  readonly offset: number;
  readonly size: number;
}

/** node's gunzip takes less than half the time with chunks of 1 MiB as with its default of 16 KiB. */
export const chunkSize = 1024 * 1024;

/** Opens a file for reading. @throws LayerscopeError `not-found`, `not-readable` */
export function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw problem('not-found', { path: file });
    throw problem('not-readable', { path: file, reason: reasonOf(error) }, error);
  }
}

/**
 * Reads from an open file, completely.
 * @returns as many bytes as asked for, fewer only at the end of the file
 * @throws LayerscopeError `not-readable`
 */
export function readFully(fd: number, into: Buffer, length: number, position: number, what: string): number {
  let filled = 0;
  while (filled < length) {
    let read: number;
    try {
      read = readSync(fd, into, filled, length - filled, position + filled);
    } catch (error) {
      throw problem('not-readable', { path: what, reason: reasonOf(error) }, error);
    }
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

/** The bytes of an extent from `start` on, in chunks of 1 MiB; opened anew at each call. */
export function openExtent({ file, offset, size }: FileExtent, start = 0): Readable {
  if (start >= size) return Readable.from([]);
  return createReadStream(file, { start: offset + start, end: offset + size - 1, highWaterMark: chunkSize });
}
