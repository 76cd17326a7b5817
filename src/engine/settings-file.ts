import { constants, open } from 'node:fs/promises';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';

/** Certificates and settings have some kilobytes. */
const limit = 1024 * 1024;

/**
 * A small file of a client's configuration; null if there is none.
 * @throws LayerscopeError `not-readable`, `metadata-too-large`
 */
export async function readSettingsFile(path: string): Promise<Buffer | null> {
  try {
    // Where this is a named pipe, nobody may ever write to it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw problem('not-readable', { path, reason: 'not a file' });
      if (stats.size > limit) throw problem('metadata-too-large', { path, size: stats.size, limit });
      const { bytesRead, buffer } = await file.read(Buffer.alloc(stats.size), 0, stats.size, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof LayerscopeError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw problem('not-readable', { path, reason: reasonOf(error) }, error);
  }
}
