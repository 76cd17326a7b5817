import { problem } from '../errors.ts';
import { networkFailure } from './network-failure.ts';
import type { Pace } from './pace.ts';
import { PassingFailure } from './passing-failure.ts';

/**
 * The bytes of an answer as they come. Leaving before the end gives up the rest, and with it the connection.
 * @param body a stream of Node's
 * @throws PassingFailure if it breaks off, stops, or crawls: time counts only while somebody waits for bytes
 */
export async function* bodyChunks(
  body: AsyncIterable<Buffer>,
  url: URL,
  { clock, limits }: Pace,
): AsyncGenerator<Buffer, void, undefined> {
  let asked = clock.now();
  let waited = 0;
  let bytes = 0;
  try {
    for await (const chunk of body) {
      waited += clock.now() - asked;
      bytes += chunk.length;
      if (bytes >= limits.progress) {
        waited = 0;
        bytes = 0;
      } else if (waited > limits.crawl) throw crawling(url, bytes, waited);
      yield chunk;
      asked = clock.now();
    }
  } catch (error) {
    throw networkFailure(error, url, { known: true, proxy: null, limits });
  }
}

function crawling({ host }: URL, bytes: number, waited: number): PassingFailure {
  return new PassingFailure(
    problem('registry-timeout', { host, waited: `only ${bytes} bytes came in ${Math.round(waited / 1000)} seconds` }),
  );
}
