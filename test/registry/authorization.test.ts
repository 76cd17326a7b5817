import { describe, expect, test } from 'vitest';
import { Authorization } from '../../src/registry/authorization.ts';
import { parseChallenges } from '../../src/registry/challenge.ts';
import type { Credentials } from '../../src/registry/credentials.ts';
import { type TokenAnswer, tokenIn, tokenRequest } from '../../src/registry/request-token.ts';
import { recordedChallenges } from './recorded-challenges.ts';

const ann: Credentials = { kind: 'password', username: 'ann', password: 'se:cret', from: 'a file' };
const basic = `Basic ${Buffer.from('ann:se:cret').toString('base64')}`;

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  readonly body: string | null;
}

/** An authorization, and what it asked a server of tokens for. */
function authorizing(
  credentials: Credentials | null,
  repository = 'app',
  answer: TokenAnswer = { token: 't1' },
): { authorization: Authorization; asked: Asked[] } {
  const asked: Asked[] = [];
  const place = { image: `host/${repository}:1`, host: 'host', registry: 'host', repository };
  const authorization = new Authorization(place, {
    findCredentials: async () => ({ credentials, failure: null }),
    requestToken: async (question, found) => {
      const { method, url, headers, body } = tokenRequest(question, found);
      // Colons and slashes are as good in a query without being escaped.
      const readable = decodeURIComponent(url.href);
      asked.push({ method, url: readable, authorization: headers['authorization'] ?? null, body: body ?? null });
      return answer;
    },
    plain: ({ hostname }) => hostname === '127.0.0.1',
  });
  return { authorization, asked };
}

describe.each(recordedChallenges)('$registry', ({ repository, headers, asked: expected }) => {
  test('without a login', async () => {
    const { authorization, asked } = authorizing(null, repository);
    const renewal = authorization.renew(parseChallenges(headers), null);
    if (expected === null) {
      await expect(renewal).rejects.toMatchObject({ code: 'login-needed' });
      expect(asked).toEqual([]);
      return;
    }
    await renewal;
    expect(asked).toEqual([{ method: 'GET', url: expected, authorization: null, body: null }]);
    expect(authorization.header).toBe('Bearer t1');
  });

  test('with a password', async () => {
    const { authorization, asked } = authorizing(ann, repository);
    await authorization.renew(parseChallenges(headers), null);
    if (expected === null) expect([asked, authorization.header]).toEqual([[], basic]);
    else expect(asked).toEqual([{ method: 'GET', url: `${expected}&account=ann`, authorization: basic, body: null }]);
  });

  test('with an identity token', async () => {
    const identity: Credentials = { kind: 'identity-token', token: 'refresh', from: 'a file' };
    const { authorization, asked } = authorizing(identity, repository);
    const renewal = authorization.renew(parseChallenges(headers), null);
    if (expected === null) {
      await expect(renewal).rejects.toMatchObject({ code: 'login-refused' });
      return;
    }
    await renewal;
    const { searchParams } = new URL(expected);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', authorization: null });
    const { scope, ...form } = Object.fromEntries(new URLSearchParams(asked[0]?.body ?? ''));
    const service = searchParams.get('service');
    const same = { grant_type: 'refresh_token', refresh_token: 'refresh', client_id: 'layerscope' };
    expect(form).toEqual(service === null ? same : { ...same, service });
    expect(scope?.split(' ')).toEqual(searchParams.getAll('scope'));
  });
});

describe('authorization', () => {
  const bearer = parseChallenges(['Bearer realm="https://t/token"']);

  test('requests that are refused together ask for one token', async () => {
    const { authorization, asked } = authorizing(null);
    await Promise.all([1, 2, 3].map(() => authorization.renew(bearer, null)));
    // This one was refused before there was a token, and is told so only now.
    await authorization.renew(bearer, null);
    expect(asked).toHaveLength(1);
    await authorization.renew(bearer, 'Bearer t1');
    expect(asked).toHaveLength(2);
  });

  test('a login that is refused is not sent again', async () => {
    const { authorization } = authorizing(ann);
    const challenges = parseChallenges(['Basic realm="r"']);
    await authorization.renew(challenges, null);
    await expect(authorization.renew(challenges, basic)).rejects.toMatchObject({
      code: 'login-refused',
      message: expect.stringMatching(/^host\/app:1: host refuses the login from a file, .*docker login host again/),
    });
  });

  test('what a server of tokens says is told, and no secret', async () => {
    const { authorization } = authorizing(ann, 'app', { refused: ' (UNAUTHORIZED: wrong password)' });
    const error: unknown = await authorization.renew(bearer, null).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('(UNAUTHORIZED: wrong password)');
    expect(String(error)).not.toContain('cret');
  });

  test.each([
    ['no realm', 'Bearer service="s"', 'registry-malformed'],
    ['a realm that is no address', 'Bearer realm="token"', 'registry-malformed'],
    ['a realm of another kind', 'Bearer realm="file:///etc/passwd"', 'registry-malformed'],
    ['a realm with a login', 'Bearer realm="https://a:b@t/token"', 'registry-malformed'],
    ['a realm in plain text', 'Bearer realm="http://t/token"', 'plain-text-login'],
    ['a scheme that nobody knows', 'Negotiate', 'registry-malformed'],
    ['nothing', '', 'registry-malformed'],
  ])('%s is refused', async (_, header, code) => {
    const { authorization, asked } = authorizing(ann);
    await expect(authorization.renew(parseChallenges([header]), null)).rejects.toMatchObject({ code });
    expect([asked, authorization.header]).toEqual([[], null]);
  });

  test('a realm in plain text on this machine will do', async () => {
    const { authorization } = authorizing(null);
    await authorization.renew(parseChallenges(['Bearer realm="http://127.0.0.1:1/token"']), null);
    expect(authorization.header).toBe('Bearer t1');
  });
});

describe('tokens', () => {
  test.each([
    ['{"token":"a"}', 'a'],
    ['{"access_token":"b","expires_in":60}', 'b'],
    ['{"token":"a","access_token":"b"}', 'a'],
    ['{"token":null,"access_token":"b"}', 'b'],
    ['{"token":""}', null],
    ['{"token":7}', null],
    ['{"token":"a\\r\\nx: y"}', null],
    ['[]', null],
    ['token', null],
  ])('%s', (body, token) => {
    expect(tokenIn(Buffer.from(body))).toBe(token);
  });
});
