import { problem } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { HttpAnswer } from './connections.ts';
import type { Limits } from './limits.ts';
import { networkFailure } from './network-failure.ts';
import { PassingFailure } from './passing-failure.ts';

/**
 * Reads a body that is to be small.
 * @param limit bytes
 * @returns null if there are more of them; then the connection is given up
 * @throws PassingFailure if it breaks off, stops, or comes too slowly
 */
export async function readBody(
  { body, url, header }: HttpAnswer,
  limit: number,
  { clock, limits }: { readonly clock: Clock; readonly limits: Limits },
): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = clock.now() + limits.document;
  try {
    // Leaving the loop destroys the body, and with it the connection.
    if (Number(header('content-length')) > limit) return null;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return null;
      if (clock.now() > end)
        throw new PassingFailure(
          problem('registry-timeout', {
            host: url.host,
            waited: `no end of the answer within ${limits.document / 1000} seconds`,
          }),
        );
      chunks.push(chunk);
    }
  } catch (error) {
    throw networkFailure(error, url, { known: true, limits });
  } finally {
    discard(body);
  }
  return Buffer.concat(chunks);
}

/** Gives up what is left of a body. */
export function discard(body: HttpAnswer['body']): void {
  body.on('error', () => undefined).destroy();
}
