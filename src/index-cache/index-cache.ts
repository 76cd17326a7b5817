import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readFully } from '../layer/file-extent.ts';
import type { KnownLayers } from '../layer/known-layers.ts';
import { attempt } from './attempt.ts';
import { CacheSpace } from './cache-space.ts';
import { indexFileName, partialFileName } from './file-name.ts';
import { decodeIndex, encodeIndex } from './index-file.ts';

/** What the files of a cache may take unless something else is said, in bytes. */
const defaultLimit = 1024 ** 3;

/** A larger file is neither written nor read, in bytes. */
const largestFile = 512 * 1024 ** 2;

/** The time of the last use is no more exact than this, in milliseconds: reading is not to write to the disk each time. */
const timeGrain = 3600 * 1000;

/** No link is followed, and nothing that blocks, such as a named pipe, is waited for. Windows has neither flag. */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens the cache in a directory, which is made when the first index is put into it. Several processes may use one.
 * Nothing that goes wrong with it is a failure: then there is no index, and the layer is read. A damaged file is removed.
 * @param limitBytes what its files may take; those that were not used for longest go
 */
export function openIndexCache(dir: string, limitBytes: number = defaultLimit): KnownLayers {
  const space = new CacheSpace(dir, limitBytes);
  return {
    get: (blob) => {
      const file = join(dir, indexFileName(blob));
      try {
        const scanned = decodeIndex(blob, readWhole(file));
        if (scanned !== null) return scanned;
      } catch (error) {
        // Most layers are new.
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      }
      attempt(() => unlinkSync(file));
      return null;
    },
    put: (blob, scanned) => {
      const pieces = encodeIndex(blob, scanned);
      const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
      if (size > Math.min(largestFile, limitBytes)) return;
      attempt(() => {
        mkdirSync(dir, { recursive: true, mode: 0o700 });
        space.claim(size);
        writeWhole(join(dir, indexFileName(blob)), pieces);
      });
    },
  };
}

/** The bytes of a file, which counts as used from now on. @throws Error if there is none that can be read */
function readWhole(file: string): Uint8Array<ArrayBuffer> {
  const fd = openSync(file, readFlags);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > largestFile) return new Uint8Array(0);
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    const length = readFully(fd, bytes, stats.size, 0, file);
    const now = Date.now();
    if (now - stats.mtimeMs > timeGrain) attempt(() => futimesSync(fd, now / 1000, now / 1000));
    return bytes.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

/** Readers see the whole file or none; of several writers the last one wins, and all of them write the same. */
function writeWhole(file: string, pieces: readonly Uint8Array[]): void {
  const partial = partialFileName(file, randomBytes(8).toString('hex'));
  const fd = openSync(partial, 'wx', 0o600);
  try {
    try {
      for (const piece of pieces) writeFileSync(fd, piece);
    } finally {
      closeSync(fd);
    }
    renameSync(partial, file);
  } catch (error) {
    attempt(() => unlinkSync(partial));
    throw error;
  }
}
