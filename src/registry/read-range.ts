import { problem } from '../errors.ts';
import { parseContentRange } from './content-range.ts';
import { readBody } from './read-body.ts';
import type { RepositorySession } from './repository-session.ts';

/**
 * Some bytes of a blob.
 * @returns exactly `length` bytes, of which nobody knows whether they are right
 * @throws LayerscopeError `no-ranges` if the other side gives the whole only, `registry-malformed` for another part
 */
export async function readRange(
  session: RepositorySession,
  digest: string,
  offset: number,
  length: number,
): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  const last = offset + length - 1;
  const headers = { 'accept-encoding': 'identity', range: `bytes=${offset}-${last}` };
  return await session.patience().attempt(async () => {
    const answer = await session.get(`blobs/${digest}`, headers);
    const { host } = answer.url;
    if (answer.status === 200) {
      answer.discard();
      throw problem('no-ranges', { image: session.image, host });
    }
    const range = parseContentRange(answer.header('content-range'));
    const bytes = await readBody(answer, length);
    if (answer.status !== 206 || range?.start !== offset || range.end !== last || bytes?.length !== length)
      throw problem('registry-malformed', {
        host,
        reason: `it sends another part of a blob than bytes ${offset} to ${last}`,
      });
    return bytes;
  });
}
