import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { problem, reasonOf } from '../errors.ts';

/**
 * Writes a file all at once: nobody sees half a report, and a failure leaves nothing behind. What is there and no file,
 * such as /dev/stdout or a named pipe, is written to as it is.
 * @throws LayerscopeError `target-failed`
 */
export function writeWhole(file: string, text: string): void {
  let partial: string | null = null;
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isFile()) return writeFileSync(file, text);
    const target = stats === undefined ? file : realpathSync(file);
    const name = `${target}.${randomBytes(4).toString('hex')}.partial`;
    partial = name;
    writeFileSync(name, text, { flag: 'wx' });
    if (stats !== undefined) chmodSync(name, stats.mode & 0o7777);
    renameSync(name, target);
  } catch (error) {
    if (partial !== null) rmSync(partial, { force: true });
    throw problem('target-failed', { path: file, reason: reasonOf(error) }, error);
  }
}

/** The same for a file that must not be there yet. @throws LayerscopeError `file-exists`, `target-failed` */
export function writeNew(file: string, text: string): void {
  try {
    // Takes the name at once: nobody's file can come in between, and no symbolic link is followed.
    closeSync(openSync(file, 'wx'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw problem('file-exists', { path: file }, error);
    throw problem('target-failed', { path: file, reason: reasonOf(error) }, error);
  }
  try {
    writeWhole(file, text);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
