import {
  chmodSync,
  ftruncateSync,
  futimesSync,
  fchmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { sep } from 'node:path';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import { type ByteString, printable } from '../text/byte-string.ts';

/**
 * A directory that an image is extracted into. Everything is created, never opened or replaced: what is there already,
 * a symbolic link above all, makes it fail. Names are bytes.
 */
export class TargetDirectory {
  private readonly root: string;
  /** What was created directly below the root: enough to take everything back. */
  private readonly created: Buffer[] = [];
  /** Directories that have their final mode. */
  private readonly finished: Buffer[] = [];
  private readonly madeRoot: string | undefined;

  /** @throws LayerscopeError `target-failed`, `target-unsafe` */
  constructor(root: string) {
    this.root = root;
    this.madeRoot = attempt(root, () => mkdirSync(root, { recursive: true }));
    if (!attempt(root, () => lstatSync(`${root}${sep}.`)).isDirectory()) throw problem('target-unsafe', { path: root });
  }

  makeDirectory(path: ByteString): void {
    // Writable by us until its contents are there, whatever its final mode.
    this.create(path, (at) => mkdirSync(at, 0o700));
  }

  /** Creates an empty file. @returns its descriptor, to be closed by the caller */
  createFile(path: ByteString): number {
    return this.create(path, (at) => openSync(at, 'wx', 0o600));
  }

  makeHardlink(path: ByteString, target: ByteString): void {
    this.create(path, (at) => linkSync(this.at(target), at));
  }

  makeSymlink(path: ByteString, target: ByteString): void {
    this.create(path, (at) => symlinkSync(Buffer.from(target, 'latin1'), at));
  }

  /** Writes at a position of an open file. */
  write(fd: number, path: ByteString, piece: Buffer, position: number): void {
    attempt(printable(path), () => {
      for (let at = 0; at < piece.length;) at += writeSync(fd, piece, at, piece.length - at, position + at);
    });
  }

  /** Sets size (for holes at the end), mode and time of an open file. */
  finishFile(fd: number, path: ByteString, size: number, mode: number, mtime: number): void {
    attempt(printable(path), () => {
      ftruncateSync(fd, size);
      fchmodSync(fd, mode);
      futimesSync(fd, mtime, mtime);
    });
  }

  finishDirectory(path: ByteString, mode: number, mtime: number | null): void {
    const at = this.at(path);
    this.finished.push(at);
    attempt(printable(path), () => {
      if (mtime !== null) utimesSync(at, mtime, mtime);
      chmodSync(at, mode);
    });
  }

  /** Removes everything that was created. */
  takeBack(): void {
    // The last one finished is nearest to the root: writable again first, so that those below it can be reached.
    for (const path of this.finished.splice(0).toReversed()) chmodSync(path, 0o700);
    for (const path of this.created.splice(0)) rmSync(path, { recursive: true, force: true });
    if (this.madeRoot !== undefined) rmSync(this.madeRoot, { recursive: true, force: true });
  }

  private create<Result>(path: ByteString, make: (at: Buffer) => Result): Result {
    const at = this.at(path);
    const result = attempt(printable(path), () => make(at));
    if (!path.includes('/')) this.created.push(at);
    return result;
  }

  private at(path: ByteString): Buffer {
    return Buffer.concat([Buffer.from(`${this.root}${sep}`), Buffer.from(path, 'latin1')]);
  }
}

/** @param path names the place in the error */
function attempt<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof LayerscopeError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw problem('target-exists', { path }, error);
    throw problem('target-failed', { path, reason: reasonOf(error) }, error);
  }
}
