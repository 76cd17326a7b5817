import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import type { TimeLimits } from './engine.ts';
import { within } from './within.ts';

export interface ExportOptions {
  /** Of the engine, for errors. */
  readonly address: string;
  /** Of the image, for errors. */
  readonly name: string;
  readonly limits: Pick<TimeLimits, 'begin' | 'more'>;
}

/** Longest report of an error that is looked for behind an export. */
const tailLength = 4096;

/**
 * The bytes of an export, as they come. The clock runs only while they are waited for, so a slow reader may take its time.
 * @throws LayerscopeError while it is read
 */
export async function* readExport(
  response: IncomingMessage,
  { address, name, limits }: ExportOptions,
): AsyncGenerator<Buffer, void, void> {
  let received = 0;
  let tail = Buffer.alloc(0);
  const chunks = (response as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const next = async (): Promise<IteratorResult<Buffer, unknown>> => {
    const limit = received === 0 ? limits.begin : limits.more;
    try {
      return await within(limit, chunks.next(), () => problem('engine-timeout', { address, seconds: limit / 1000 }));
    } catch (error) {
      if (error instanceof LayerscopeError) throw error;
      throw problem('engine-broke-off', { address, name, received, reason: reasonOf(error) }, error);
    }
  };
  try {
    for (let step = await next(); step.done !== true; step = await next()) {
      const chunk = step.value;
      received += chunk.length;
      tail = Buffer.concat([tail, chunk.subarray(-tailLength)]).subarray(-tailLength);
      yield chunk;
    }
  } finally {
    response.destroy();
  }
  const said = failureBehind(tail);
  if (said !== null) throw problem('engine-refused', { address, name, said });
}

const failureSchema = v.object({ error: v.string() });

/** An engine that fails when it has begun to send can only write so behind what it has sent (moby's `streamformatter`). */
function failureBehind(tail: Buffer): string | null {
  const at = tail.lastIndexOf('{"errorDetail":');
  if (at === -1) return null;
  try {
    return v.parse(failureSchema, JSON.parse(tail.subarray(at).toString())).error;
  } catch {
    return null; // an image may hold a file that says such things
  }
}
