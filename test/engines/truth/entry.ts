export type EntryType = 'file' | 'dir' | 'symlink' | 'char' | 'block' | 'fifo';

/**
 * One path of an image's final filesystem. `path` is absolute; it and `linkTarget` are byte strings (latin1: one
 * character per byte), because a name need not be UTF-8. `size` is 0 for everything but regular files.
 */
export interface Entry {
  readonly path: string;
  readonly type: EntryType;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly linkTarget: string | null;
}

/** Byte order of path, which is the order of `layerscope ls`. */
export function byPath(a: Entry, b: Entry): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** The byte string of a name written as ordinary text in a test. */
export function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
