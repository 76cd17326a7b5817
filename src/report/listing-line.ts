import { printable } from '../text/byte-string.ts';
import { type Listed, toTime } from './listing.ts';

const typeLetters = { file: '-', dir: 'd', symlink: 'l', hardlink: 'h', char: 'c', block: 'b', fifo: 'p' } as const;

/** `-rwxr-xr-x     0:0      1234  2026-11-21 12:00  /path -> target`, names fit to print. */
export function listingLine(listed: Listed, sizeWidth: number): string {
  const { type, mode, uid, gid, size, mtime, rawPath, linkTarget } = listed;
  const owner = `${uid}:${gid}`.padStart(9);
  const time = (mtime === null ? null : toTime(mtime))?.slice(0, 16).replace('T', ' ') ?? '-'.padEnd(16);
  const arrow = linkTarget === null ? '' : ` -> ${printable(linkTarget)}`;
  return `${modeText(type, mode)}  ${owner}  ${String(size).padStart(sizeWidth)}  ${time}  ${printable(rawPath)}${arrow}`;
}

/** `drwxr-xr-x` as `ls` has it. */
export function modeText(type: Listed['type'], mode: number): string {
  return `${typeLetters[type]}${permissions(mode)}`;
}

/** `rwxr-xr-x` with s and t. */
function permissions(mode: number): string {
  const special = [mode & 0o4000, mode & 0o2000, mode & 0o1000];
  return [6, 3, 0]
    .map((shift, at) => {
      const bits = (mode >> shift) & 7;
      const letter = at === 2 ? 't' : 's';
      const execute = (bits & 1) === 0 ? '-' : 'x';
      const last = special[at] ? ((bits & 1) === 0 ? letter.toUpperCase() : letter) : execute;
      return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
    })
    .join('');
}
