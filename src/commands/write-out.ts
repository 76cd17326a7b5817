import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** A reader that has seen enough (`| head`) is no error: the rest is not wanted. */
export class ReaderGone extends Error {}

/** Writes and waits until the stream takes more. @throws ReaderGone if nobody reads any more */
export async function writeOut(stream: Writable, chunk: string | Uint8Array): Promise<void> {
  if (stream.destroyed) throw new ReaderGone();
  try {
    if (!stream.write(chunk)) await once(stream, 'drain');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') throw new ReaderGone();
    throw error;
  }
}
