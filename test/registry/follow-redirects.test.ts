import { describe, expect, test } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../src/registry/http-message.ts';
import { followRedirects } from '../../src/registry/follow-redirects.ts';

/** Where a request goes on, by address. */
type Web = Readonly<Record<string, string>>;

/** What is asked for, and with which authorization. */
async function follow(web: Web, from: string, request: Partial<HttpRequest> = {}): Promise<[string, string | null][]> {
  const asked: [string, string | null][] = [];
  const send = async ({ url, headers }: HttpRequest): Promise<HttpAnswer> => {
    asked.push([url.href, headers['authorization'] ?? null]);
    const location = web[url.href] ?? null;
    return {
      url,
      status: location === null ? 200 : 307,
      header: (name) => (name === 'location' ? location : null),
      headers: () => [],
      body: (async function* () {})(),
      discard: () => undefined,
    };
  };
  const headers = { authorization: 'secret', range: 'bytes=5-' };
  await followRedirects({ method: 'GET', url: new URL(from), headers, ...request }, send, async () => undefined);
  return asked;
}

describe('redirects', () => {
  test.each<[string, Web, [string, string | null][]]>([
    ['within the host keep the authorization', { 'https://r/a': '/b' }, [['https://r/b', 'secret']]],
    ['to another host lose it', { 'https://r/a': 'https://s/b' }, [['https://s/b', null]]],
    ['to another port lose it', { 'https://r/a': 'https://r:444/b' }, [['https://r:444/b', null]]],
    ['to the same port by number keep it', { 'https://r/a': 'https://r:443/b' }, [['https://r/b', 'secret']]],
    ['to a host below it lose it', { 'https://r/a': 'https://x.r/b' }, [['https://x.r/b', null]]],
    [
      'that come back do not bring it back',
      { 'https://r/a': 'https://s/b', 'https://s/b': 'https://r/c' },
      [
        ['https://s/b', null],
        ['https://r/c', null],
      ],
    ],
    ['with a login do not use it', { 'https://r/a': 'https://u:p@s/b' }, [['https://s/b', null]]],
  ])('%s', async (_, web, expected) => {
    expect(await follow(web, 'https://r/a')).toEqual([['https://r/a', 'secret'], ...expected]);
  });

  test('from plain HTTP to HTTPS lose it, for that is another origin', async () => {
    expect((await follow({ 'http://r/a': 'https://r/a' }, 'http://r/a'))[1]).toEqual(['https://r/a', null]);
  });

  test.each<[string, Web, RegExp]>([
    ['to plain HTTP', { 'https://r/a': 'http://r/a' }, /^r: .* from HTTPS to plain HTTP, at r\./],
    ['to a file', { 'https://r/a': 'file:///etc/passwd' }, /no web address/],
    ['to nowhere', { 'https://r/a': 'https://' }, /no web address/],
    ['in a circle', { 'https://r/a': 'https://r/b', 'https://r/b': 'https://r/a' }, /more than 5 redirects/],
  ])('%s are refused', async (_, web, message) => {
    await expect(follow(web, 'https://r/a')).rejects.toMatchObject({
      code: 'registry-malformed',
      message: expect.stringMatching(message),
    });
  });

  test('are not followed with a form', async () => {
    const form = { method: 'POST', body: 'refresh_token=secret' } as const;
    expect(await follow({ 'https://r/a': 'https://r/b' }, 'https://r/a', form)).toHaveLength(1);
  });
});
