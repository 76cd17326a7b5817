import { type LayerscopeError, problem } from '../errors.ts';
import type { Descriptor } from '../image/descriptor.ts';
import { parseContentRange } from './content-range.ts';
import type { Limits } from './limits.ts';
import { PassingFailure } from './passing-failure.ts';
import type { RepositorySession } from './repository-session.ts';
import { hashFor, verify } from './verify.ts';
import type { HttpAnswer } from './http-message.ts';

export interface StreamedBlob extends Pick<Descriptor, 'digest' | 'size'> {
  /** Names it in errors. */
  readonly path: string;
}

/**
 * All bytes of a blob. A download that breaks goes on where it broke. The last chunk is kept back until the whole is known
 * to be right.
 * @throws LayerscopeError `wrong-size`, `wrong-digest`, and what a session throws
 */
export async function* streamBlob(
  session: RepositorySession,
  blob: StreamedBlob,
  { progress }: Pick<Limits, 'progress'>,
): AsyncGenerator<Buffer, void, undefined> {
  const { digest, size, path } = blob;
  const hash = hashFor(digest);
  const patience = session.patience();
  let done = 0;
  let counted = 0;
  let kept: Buffer | null = null;
  while (done < size) {
    try {
      for await (const chunk of bytesFrom(session, blob, done)) {
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
      // A server that does not say how much is to come looks like this when it breaks off.
      if (done < size) throw new PassingFailure(tooShort(blob, done));
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
  blob: StreamedBlob,
  offset: number,
): AsyncGenerator<Buffer, void, undefined> {
  const headers = { 'accept-encoding': 'identity', ...(offset === 0 ? {} : { range: `bytes=${offset}-` }) };
  const answer = await session.get(`blobs/${blob.digest}`, headers);
  let skip = offset - startOf(answer, blob, offset);
  for await (const chunk of answer.body) {
    if (chunk.length > skip) yield skip === 0 ? chunk : chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
  }
}

/** Where in the blob an answer begins: servers may send the whole where a part was asked for. */
function startOf({ status, header, url: { host }, discard }: HttpAnswer, blob: StreamedBlob, offset: number): number {
  if (status === 200) return 0;
  const range = parseContentRange(header('content-range'));
  if (status === 206 && range?.start === offset) return offset;
  discard();
  if (status === 416) throw tooShort(blob, offset);
  throw problem('registry-malformed', { host, reason: `it sends another part of a blob than bytes from ${offset} on` });
}

function tooShort({ size, path }: StreamedBlob, actual: number): LayerscopeError {
  return problem('wrong-size', { path, expected: size, actual });
}
