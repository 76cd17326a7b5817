import type { IncomingMessage } from 'node:http';
import { LayerscopeError, problem } from '../errors.ts';
import type { Connection } from './connection.ts';
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
 * @param limit milliseconds, for the head of the answer and for the rest
 * @throws LayerscopeError
 */
export async function ask(connection: Connection, target: string, limit: number): Promise<Answer> {
  const response = await beginAsking(connection, target, limit);
  return await readAnswer(connection, response, limit);
}

/**
 * Asks an engine something and waits for the head of its answer. The caller reads or destroys it.
 * @throws LayerscopeError
 */
export async function beginAsking(connection: Connection, target: string, limit: number): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const request = connection.get(target);
    const timer = setTimeout(() => request.destroy(tooLate(connection, limit)), limit);
    request.once('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    // Stays when the answer has begun: what fails then fails for the answer's reader, too.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(explain(connection, error));
    });
    request.end();
  });
}

/** Reads an answer to its end. @throws LayerscopeError */
export async function readAnswer(connection: Connection, response: IncomingMessage, limit: number): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  try {
    const body = await within(limit, collect(connection, response), () => tooLate(connection, limit));
    return { status, headers, body };
  } catch (error) {
    response.destroy();
    throw explain(connection, error);
  }
}

async function collect({ address }: Connection, response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > answerLimit)
      throw problem('not-an-engine', { address, found: `an answer of more than ${answerLimit} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLate({ address }: Connection, limit: number): LayerscopeError {
  return problem('engine-timeout', { address, seconds: limit / 1000 });
}

/** Failures of the network, whatever is spoken over it. */
const networkFailures = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ETIMEDOUT',
]);

/** What a failure to reach an engine means to the user. */
export function explain({ address, by, tlsFolder }: Connection, error: unknown): LayerscopeError {
  if (error instanceof LayerscopeError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (by === 'socket' && (code === 'EACCES' || code === 'EPERM'))
    return problem('engine-permission', { address }, error);
  if (code.startsWith('HPE_')) return problem('not-an-engine', { address, found: 'no HTTP' }, error);
  // All addresses of a name fail together, in an error without a message.
  const reason = message.split('\n', 1)[0] || code;
  if (tlsFolder !== null && !networkFailures.has(code))
    return problem('engine-tls', { address, reason, folder: tlsFolder }, error);
  return problem('engine-unreachable', { address, reason }, error);
}
