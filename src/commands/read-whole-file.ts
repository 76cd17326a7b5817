import { closeSync, fstatSync } from 'node:fs';
import { problem } from '../errors.ts';
import { openFile, readFully } from '../layer/file-extent.ts';

/** Reads a whole file that the user named. @throws LayerscopeError `not-found`, `not-readable` */
export function readWholeFile(path: string, limit: number): Buffer {
  const fd = openFile(path);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw problem('not-readable', { path, reason: 'it is no regular file' });
    if (stats.size > limit) throw problem('not-readable', { path, reason: `it has more than ${limit} bytes` });
    const bytes = Buffer.alloc(stats.size);
    return bytes.subarray(0, readFully(fd, bytes, stats.size, 0, path));
  } finally {
    closeSync(fd);
  }
}
