import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problem, reasonOf } from '../errors.ts';
import type { OnProgress } from '../progress.ts';

/** Larger images than any that one would pipe; a stream without end must not fill the disk. */
const spoolLimit = 32 * 1024 ** 3;

/** A temporary copy of a stream. */
export interface Spooled {
  readonly file: string;
  /** Deletes it. May be called again. */
  readonly remove: () => void;
}

/**
 * Copies a stream to a temporary file, for commands that go back to content they have passed.
 * @throws LayerscopeError `input-too-large`, `target-failed`; the copy is gone then
 */
export async function spool(source: AsyncIterable<Buffer>, onProgress: OnProgress): Promise<Spooled> {
  const dir = mkdtempSync(join(tmpdir(), 'layerscope-'));
  const file = join(dir, 'image');
  const remove = (): void => rmSync(dir, { recursive: true, force: true });
  try {
    const fd = openSync(file, 'wx', 0o600);
    try {
      let done = 0;
      for await (const chunk of source) {
        done += chunk.length;
        if (done > spoolLimit) throw problem('input-too-large', { limit: spoolLimit });
        write(fd, chunk, file);
        onProgress({ what: 'standard input', done, total: null });
      }
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { file, remove };
}

function write(fd: number, chunk: Buffer, file: string): void {
  try {
    for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
  } catch (error) {
    throw problem('target-failed', { path: file, reason: reasonOf(error) }, error);
  }
}
