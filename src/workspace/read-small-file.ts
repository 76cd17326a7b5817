import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { problem, reasonOf } from '../errors.ts';
import { isMissing } from './missing.ts';

/**
 * Reads a regular file, or what a link to one leads to.
 * @param limit bytes
 * @returns null where there is no such file
 * @throws LayerscopeError not-readable
 */
export async function readSmallFile(path: string, limit: number): Promise<Buffer | 'too-large' | null> {
  try {
    // A pipe that happens to have the name would keep the command waiting.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (!found.isFile()) return null;
      if (found.size > limit) return 'too-large';
      const buffer = Buffer.alloc(found.size);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return null;
    throw problem('not-readable', { path, reason: reasonOf(error) }, error);
  }
}
