import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problem, reasonOf } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import type { NamedStream } from './named-stream.ts';

/** Larger images than any that one would pipe; a stream without end must not fill the disk. */
const spoolLimit = 32 * 1024 ** 3;

/** A place for a temporary copy of a stream. */
export interface Spool {
  readonly file: string;
  /**
   * Copies the stream.
   * @throws LayerscopeError `input-too-large`, `target-failed`
   */
  readonly fill: (source: NamedStream, onProgress: OnProgress) => Promise<void>;
  /** Deletes the copy, complete or not. May be called again. */
  readonly remove: () => void;
}

/**
 * Makes the place, for commands that go back to content they have passed. Whoever asks for it removes it.
 * @param limit the most bytes a copy may have
 * @throws LayerscopeError `target-failed`
 */
export function createSpool(limit = spoolLimit): Spool {
  const dir = attempt(tmpdir(), () => mkdtempSync(join(tmpdir(), 'layerscope-')));
  const file = join(dir, 'image');
  return {
    file,
    fill: async ({ what, bytes }, onProgress) => {
      const fd = attempt(file, () => openSync(file, 'wx', 0o600));
      try {
        let done = 0;
        for await (const chunk of bytes) {
          done += chunk.length;
          if (done > limit) throw problem('input-too-large', { limit });
          attempt(file, () => {
            for (let at = 0; at < chunk.length;) at += writeSync(fd, chunk, at);
          });
          onProgress({ what, done, total: null });
        }
      } finally {
        closeSync(fd);
      }
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function attempt<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw problem('target-failed', { path, reason: reasonOf(error) }, error);
  }
}
