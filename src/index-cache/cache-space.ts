import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from './attempt.ts';
import { isIndexFile, isPartialFile } from './file-name.ts';

/** A file counts as this much at least, in bytes: that bounds how many there are to be looked at. */
const leastCharge = 64 * 1024;

/** How much of the limit is left in use once something had to go, so that not every file that comes makes one go. */
const lowMark = 0.9;

/** How long after its last write a partial file is nobody's, in milliseconds. A write takes less than a second. */
const abandonedAfter = 3600 * 1000;

interface StoredFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedAt: number;
}

/**
 * What the files of a cache take. The directory is read once, and then when the limit seems to be reached: others may add
 * to it meanwhile, and the next process sees that.
 */
export class CacheSpace {
  private readonly dir: string;
  private readonly limit: number;
  private used: number | null = null;

  /** @param limit bytes */
  constructor(dir: string, limit: number) {
    this.dir = dir;
    this.limit = limit;
  }

  /** Makes room for a file of that many bytes that is about to be added: what was not used for longest goes. */
  claim(bytes: number): void {
    const wanted = chargeFor(bytes);
    if (this.used === null || this.used + wanted > this.limit) this.used = this.makeRoom(wanted);
    this.used += wanted;
  }

  private makeRoom(wanted: number): number {
    const files = this.list();
    let used = files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (used + wanted <= this.limit) return used;
    files.sort((a, b) => a.usedAt - b.usedAt);
    for (const { path, bytes } of files) {
      if (used + wanted <= this.limit * lowMark) break;
      attempt(() => unlinkSync(path));
      used -= bytes;
    }
    return used;
  }

  /** All index files. Partial files whose writer is gone are removed on the way. */
  private list(): StoredFile[] {
    const files: StoredFile[] = [];
    for (const name of readdirSync(this.dir)) {
      const partial = isPartialFile(name);
      if (!partial && !isIndexFile(name)) continue;
      const path = join(this.dir, name);
      // Others remove files, too.
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined) continue;
      if (!partial) files.push({ path, bytes: chargeFor(stats.size), usedAt: stats.mtimeMs });
      else if (Date.now() - stats.mtimeMs > abandonedAfter) attempt(() => unlinkSync(path));
    }
    return files;
  }
}

function chargeFor(bytes: number): number {
  return Math.max(bytes, leastCharge);
}
