import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { problem, reasonOf } from '../errors.ts';

/** A regular file of a context, as the walk meets it. */
export interface FoundFile {
  /** In the context, without a leading slash. */
  readonly path: string;
  /** Absolute, as bytes: names need not be UTF-8. */
  readonly place: Buffer;
  readonly size: number;
  /** Of the file's device, number, size and time: the same as long as nobody writes to it. */
  readonly stamp: string;
}

/** Gives the name that stands for a file's content: same name, same bytes. */
export type Identify = (file: FoundFile) => string | Promise<string>;

/** Without opening the file: for questions within one tree. */
export const byStamp: Identify = ({ stamp }) => stamp;

/** By SHA-256 of the content: for trees that lie apart. @throws LayerscopeError not-readable */
export const byContent: Identify = async (file) => `sha256:${await hashFile(file, createHash('sha256'))}`;

const chunkSize = 2 ** 20;

/**
 * Adds a file's content to a hash, and gives that in hexadecimal. No more is read than the file had when it was found, for a
 * log may grow without end. @throws LayerscopeError not-readable
 */
export async function hashFile({ place, size }: FoundFile, hash: Hash): Promise<string> {
  try {
    // What has become a link or a pipe since is not followed, and not waited for.
    const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(size, chunkSize)));
      for (let left = size; left > 0;) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(left, buffer.length));
        if (bytesRead === 0) break;
        hash.update(buffer.subarray(0, bytesRead));
        left -= bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw problem('not-readable', { path: place.toString(), reason: reasonOf(error) }, error);
  }
  return hash.digest('hex');
}
