import type { ClientRequest, IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { type LayerscopeError, problem } from '../errors.ts';
import type { Connection } from './connection.ts';
import { explainFailure } from './explain-failure.ts';
import { within } from './within.ts';

/** What an engine says about an image, a long history included, and then some. */
const answerLimit = 4 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * Asks an engine something and reads its whole answer.
 * @param target path and query
 * @param limit milliseconds, for the head of the answer and again for the rest
 * @throws LayerscopeError
 */
export async function ask(connection: Connection, target: string, limit: number): Promise<Answer> {
  return await readAnswer(connection, await beginAsking(connection, target, limit), limit);
}

/**
 * Asks an engine something and waits for the head of its answer. The caller reads or destroys it.
 * @throws LayerscopeError
 */
export async function beginAsking(connection: Connection, target: string, limit: number): Promise<IncomingMessage> {
  const request = compose(connection, target);
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => request.destroy(tooLate(connection, limit)), limit);
    request.once('response', (response) => {
      clearTimeout(timer);
      // The answer itself would only say that it was aborted.
      request.on('error', (error) => response.destroy(error));
      resolve(response);
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(explainFailure(connection, error));
    });
    request.end();
  });
}

/** A request, which certificates that are none make impossible. */
function compose(connection: Connection, target: string): ClientRequest {
  try {
    return connection.get(target);
  } catch (error) {
    throw explainFailure(connection, error);
  }
}

/** Reads an answer to its end. @throws LayerscopeError */
export async function readAnswer(connection: Connection, response: IncomingMessage, limit: number): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  try {
    const body = await within(limit, collect(connection, response), () => tooLate(connection, limit));
    return { status, headers, body };
  } catch (error) {
    response.destroy();
    throw explainFailure(connection, error);
  }
}

const messageSchema = v.object({ message: v.string() });

/** The reason in an answer that refuses: engines give it as JSON, what stands before them as some page. */
export function wordsOf({ status, body }: Answer): string {
  const text = body.subarray(0, 1000).toString().trim();
  try {
    return v.parse(messageSchema, JSON.parse(text)).message.trim();
  } catch {
    return `HTTP status ${status}${text === '' ? '' : `, ${text}`}`;
  }
}

async function collect({ address }: Connection, response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > answerLimit)
      throw problem('not-an-engine', { address, found: `more than ${answerLimit} bytes of answer` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLate({ address }: Connection, limit: number): LayerscopeError {
  return problem('engine-timeout', { address, seconds: limit / 1000 });
}
