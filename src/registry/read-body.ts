import type { HttpAnswer } from './http-message.ts';

/**
 * Reads a body that is to be small.
 * @param limit bytes
 * @returns null if there are more of them; then the rest is given up
 * @throws PassingFailure if it breaks off, stops or crawls
 */
export async function readBody(answer: HttpAnswer, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
