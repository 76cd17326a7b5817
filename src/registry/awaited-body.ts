import type { Readable } from 'node:stream';
import { IdleTimeout } from './timeouts.ts';

/**
 * The chunks of a body, which breaks off if nothing comes while somebody waits for it: a slow reader costs it no time.
 * @param idle milliseconds
 * @throws IdleTimeout, errors of the stream's
 */
export async function* awaitedBody(body: Readable, idle: number): AsyncGenerator<Buffer, void, undefined> {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) body.destroy(new IdleTimeout());
  }, idle);
  // A body that nobody reads on must not keep the process; one that is waited for has its socket for that.
  timer.unref();
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      waiting = false;
      yield chunk;
      waiting = true;
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
  }
}
