import { problem } from '../errors.ts';
import { redirectLimit } from './limits.ts';
import type { HttpAnswer, HttpRequest } from './http-message.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request on to where its answers point. What authorizes the request is for the origin it was made for alone: once it
 * is left, nothing of it goes along, not even back to that origin, for somebody else chose what is asked for there.
 * @param send one request, without redirects
 * @param finish reads what is left of an answer that only points elsewhere
 * @throws LayerscopeError `registry-malformed` for too many, to nowhere, and from HTTPS to plain HTTP
 */
export async function followRedirects(
  request: HttpRequest,
  send: (request: HttpRequest) => Promise<HttpAnswer>,
  finish: (answer: HttpAnswer) => Promise<unknown>,
): Promise<HttpAnswer> {
  let { url, headers } = request;
  for (let count = 0; ; count++) {
    const answer = await send({ ...request, url, headers });
    const location = answer.header('location');
    // A form may hold a secret, and goes nowhere else.
    if (request.method !== 'GET' || !redirects.has(answer.status) || location === null) return answer;
    await finish(answer);
    if (count === redirectLimit)
      throw problem('registry-malformed', { host: url.host, reason: `more than ${redirectLimit} redirects` });
    const target = targetOf(location, url);
    if (target.origin !== url.origin) headers = withoutAuthorization(headers);
    url = target;
  }
}

function targetOf(location: string, from: URL): URL {
  const { host } = from;
  const target = URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (target === null || !['http:', 'https:'].includes(target.protocol))
    throw problem('registry-malformed', { host, reason: 'it redirects to what is no web address' });
  if (from.protocol === 'https:' && target.protocol === 'http:')
    throw problem('registry-malformed', { host, reason: `it redirects from HTTPS to plain HTTP, at ${target.host}` });
  // User and password in an address would go there as a login.
  target.username = '';
  target.password = '';
  return target;
}

function withoutAuthorization(headers: HttpRequest['headers']): HttpRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}
