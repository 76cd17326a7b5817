import { type Stats, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { type Entry, type EntryType, byPath } from './entry.ts';

const SLASH = Buffer.from('/');
/** setuid, setgid, sticky and the nine permission bits. */
const MODE_BITS = 0o7777;

/** Everything below `root` as the kernel reports it, without following any link; `root` itself is not listed. */
export function walk(root: string): Entry[] {
  const entries: Entry[] = [];
  const pending: Buffer[] = [Buffer.alloc(0)];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const name of readdirSync(Buffer.concat([Buffer.from(root), folder]), { encoding: 'buffer' })) {
      const path = Buffer.concat([folder, SLASH, name]);
      const onDisk = Buffer.concat([Buffer.from(root), path]);
      const stats = lstatSync(onDisk);
      entries.push(entryOf(path, onDisk, stats));
      if (stats.isDirectory()) pending.push(path);
    }
  }
  return entries.sort(byPath);
}

function entryOf(path: Buffer, onDisk: Buffer, stats: Stats): Entry {
  const type = typeOf(stats);
  return {
    path: path.toString('latin1'),
    type,
    size: type === 'file' ? stats.size : 0,
    mode: stats.mode & MODE_BITS,
    uid: stats.uid,
    gid: stats.gid,
    linkTarget: type === 'symlink' ? readlinkSync(onDisk, { encoding: 'buffer' }).toString('latin1') : null,
  };
}

function typeOf(stats: Stats): EntryType {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'dir';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isCharacterDevice()) return 'char';
  if (stats.isBlockDevice()) return 'block';
  if (stats.isFIFO()) return 'fifo';
  throw new Error(`a layer cannot hold a file of this mode: ${stats.mode.toString(8)}`);
}
