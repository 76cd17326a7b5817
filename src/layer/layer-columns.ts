/** One typed array per property of an entry; entry `i` is row `i` of each. */
export interface LayerColumns {
  /** Codes of `EntryType`. */
  readonly type: Uint8Array<ArrayBuffer>;
  /** String number of the cleaned path's directory part; 0 (the empty string) is the root. */
  readonly dir: Uint32Array<ArrayBuffer>;
  /** String number of the last part of the path; 0 for the root itself. */
  readonly name: Uint32Array<ArrayBuffer>;
  /** String number of a link's target, as stored. */
  readonly link: Uint32Array<ArrayBuffer>;
  /** Logical size in bytes of regular files, 0 for everything else. */
  readonly size: Float64Array<ArrayBuffer>;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: Uint16Array<ArrayBuffer>;
  readonly uid: Float64Array<ArrayBuffer>;
  readonly gid: Float64Array<ArrayBuffer>;
  /** Seconds since 1970. */
  readonly mtime: Float64Array<ArrayBuffer>;
  readonly devMajor: Uint32Array<ArrayBuffer>;
  readonly devMinor: Uint32Array<ArrayBuffer>;
  /** String number of the extended attributes (see `TarEntry.xattrs`). */
  readonly xattrs: Uint32Array<ArrayBuffer>;
  /** Offset of the content in the uncompressed tar, in bytes. */
  readonly offset: Float64Array<ArrayBuffer>;
  /**
   * CRC-32 of the first `headBytes` of content, 0 for what has less than `headMinimum`. Files that differ here differ;
   * files that agree in size and here are worth hashing.
   */
  readonly head: Uint32Array<ArrayBuffer>;
}

/**
 * How much of a file `head` covers. Enough that two files of one size that agree here nearly always agree altogether;
 * more costs more than it saves.
 */
export const headBytes = 1024;

/** Two thirds of all files are smaller: hashing the few of them that somebody asks about costs less than their heads. */
export const headMinimum = 4096;

/** Columns of `rows` rows, all zero. */
export function allocateColumns(rows: number): LayerColumns {
  return {
    type: new Uint8Array(rows),
    dir: new Uint32Array(rows),
    name: new Uint32Array(rows),
    link: new Uint32Array(rows),
    size: new Float64Array(rows),
    mode: new Uint16Array(rows),
    uid: new Float64Array(rows),
    gid: new Float64Array(rows),
    mtime: new Float64Array(rows),
    devMajor: new Uint32Array(rows),
    devMinor: new Uint32Array(rows),
    xattrs: new Uint32Array(rows),
    offset: new Float64Array(rows),
    head: new Uint32Array(rows),
  };
}

export const columnNames = Object.keys(allocateColumns(0)) as readonly (keyof LayerColumns)[];

/** Copies columns to ones of `rows` rows, cutting off or adding zeros at the end. */
export function resizeColumns(columns: LayerColumns, rows: number): LayerColumns {
  const resized = allocateColumns(rows);
  for (const name of columnNames) resized[name].set(columns[name].subarray(0, rows));
  return resized;
}
