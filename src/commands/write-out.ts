import type { Writable } from 'node:stream';
import { problem, reasonOf } from '../errors.ts';

/** A reader that has seen enough (`| head`) is no error: the rest is not wanted. */
export class ReaderGone extends Error {}

/**
 * Writes and waits until it is written, so that no failure passes unseen and memory holds one chunk.
 * @throws ReaderGone if nobody reads any more
 * @throws LayerscopeError `output-failed`
 */
export function writeOut(stream: Writable, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => {
      if (!error) resolve();
      else if ('code' in error && error.code === 'EPIPE') reject(new ReaderGone());
      else reject(problem('output-failed', { reason: reasonOf(error) }, error));
    });
  });
}
