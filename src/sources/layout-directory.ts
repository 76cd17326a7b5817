import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { cleanPath } from '../layer/clean-path.ts';
import type { FileExtent } from '../layer/file-extent.ts';
import { readMetadata } from './archive-file.ts';
import type { BlobStore } from './blob-store.ts';

/** An OCI image layout as a directory. Names cannot leave it: `..` is resolved before anything is opened. */
export function openLayoutDirectory(path: string): BlobStore {
  const find = (name: string): FileExtent | null => {
    const file = join(path, cleanPath(name));
    const stats = statOrNull(file);
    // Anything but a regular file (a pipe, say) could block for ever.
    return stats?.isFile() === true ? { file, offset: 0, size: stats.size } : null;
  };
  return {
    path,
    kind: 'directory',
    has: (name) => find(name) !== null,
    metadata: (name) => {
      const extent = find(name);
      return extent === null ? null : readMetadata(extent, extent.file);
    },
    layer: (name) => {
      const extent = find(name);
      return extent === null ? null : { kind: 'extent', extent };
    },
  };
}

/** What is at a path, links followed; null if nothing is. */
export function statOrNull(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
