import { problem } from '../errors.ts';
import type { Descriptor } from '../image/descriptor.ts';
import type { HttpAnswer } from './connections.ts';
import { parseContentRange } from './content-range.ts';
import type { Limits } from './limits.ts';
import type { RepositorySession } from './repository-session.ts';
import { hashFor, verify } from './verify.ts';

/**
 * All bytes of a blob. A download that breaks goes on where it broke. The last chunk is kept back until the whole is known
 * to be right.
 * @param path names the blob in errors
 * @throws LayerscopeError `wrong-size`, `wrong-digest`, and what a session throws
 */
export async function* streamBlob(
  session: RepositorySession,
  { digest, size }: Pick<Descriptor, 'digest' | 'size'>,
  path: string,
  { progress }: Pick<Limits, 'progress'>,
): AsyncGenerator<Buffer, void, undefined> {
  const hash = hashFor(digest);
  const patience = session.patience();
  let done = 0;
  let counted = 0;
  let kept: Buffer | null = null;
  while (done < size) {
    try {
      for await (const chunk of bytesFrom(session, digest, done)) {
        done += chunk.length;
        if (done > size) throw problem('wrong-size', { path, expected: size, actual: done });
        hash.update(chunk);
        if (done - counted >= progress) {
          counted = done;
          patience.renew();
        }
        if (kept !== null) yield kept;
        kept = chunk;
      }
      if (done < size) throw problem('wrong-size', { path, expected: size, actual: done });
    } catch (error) {
      await patience.pauseAfter(error);
    }
  }
  verify(hash, digest, path);
  if (kept !== null) yield kept;
}

/** A blob's bytes from an offset on, as far as one answer goes. */
async function* bytesFrom(
  session: RepositorySession,
  digest: string,
  offset: number,
): AsyncGenerator<Buffer, void, undefined> {
  const headers = { 'accept-encoding': 'identity', ...(offset === 0 ? {} : { range: `bytes=${offset}-` }) };
  const answer = await session.get(`blobs/${digest}`, headers);
  let skip = offset - startOf(answer, offset);
  for await (const chunk of answer.body) {
    if (chunk.length > skip) yield skip === 0 ? chunk : chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
  }
}

/** Where in the blob an answer begins: servers may send the whole where a part was asked for. */
function startOf({ status, header, url: { host }, discard }: HttpAnswer, offset: number): number {
  if (status === 200) return 0;
  const range = parseContentRange(header('content-range'));
  if (status === 206 && range?.start === offset) return offset;
  discard();
  throw problem('registry-malformed', { host, reason: `it sends another part of a blob than bytes from ${offset} on` });
}
