import { type Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { AnswerTimeout } from './timeouts.ts';
import type { HttpRequest } from './http-message.ts';

/** What it looks like that the other side has closed a connection. */
const dropped = new Set(['ECONNRESET', 'EPIPE']);

/**
 * Sends a request.
 * @param timeout milliseconds until an answer begins, the way to the other side included
 * @param closed ends the request, and its answer
 * @returns the start of the answer; its body does not come before it is read
 * @throws AnswerTimeout, what the agent fails with, errors of Node's
 */
export async function ask(
  { method, url, headers, body = '' }: HttpRequest,
  agent: Agent,
  timeout: number,
  closed: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  return await new Promise((resolve, reject) => {
    const attempt = (): ClientRequest => {
      const asking = request(url, { agent, method, headers, signal: closed });
      let answer: IncomingMessage | null = null;
      asking.once('response', (begun) => {
        answer = begun;
        clearTimeout(timer);
        // Whoever reads the body learns of its end there; one that nobody reads yet must not end the process.
        answer.on('error', () => undefined);
        resolve(answer);
      });
      asking.on('error', (error: NodeJS.ErrnoException) => {
        // What is wrong with a body, such as its chunks, is told of the request.
        if (answer !== null) answer.destroy(error);
        // A connection that was kept may be closed at any time, and of such there are only so many.
        else if (method === 'GET' && asking.reusedSocket && dropped.has(error.code ?? '')) current = attempt();
        else {
          clearTimeout(timer);
          reject(error);
        }
      });
      return asking.end(body);
    };
    let current = attempt();
    const timer = setTimeout(() => {
      const late = new AnswerTimeout();
      current.destroy(late);
      // A request that still waits for its connection would tell of its end only then.
      reject(late);
    }, timeout);
  });
}
