import { describe, expect, test } from 'vitest';
import { LayerscopeError } from '../../src/errors.ts';
import { defaultLimits } from '../../src/registry/limits.ts';
import { networkFailure } from '../../src/registry/network-failure.ts';
import { PassingFailure } from '../../src/registry/passing-failure.ts';
import { AnswerTimeout, ConnectTimeout, IdleTimeout } from '../../src/registry/timeouts.ts';

const coded = (code: string, more: object = {}): Error =>
  Object.assign(new Error('long words\nof a library'), { code, ...more });

/** What is said, and whether it is tried again. */
function outcome(error: unknown, known = false, proxy: string | null = null): [string, string] {
  const circumstances = { known, proxy: proxy === null ? null : new URL(proxy), limits: defaultLimits };
  const failure = networkFailure(error, new URL('https://host:5000/v2/'), circumstances);
  if (failure instanceof PassingFailure) return ['again', failure.outcome.message];
  return [failure instanceof LayerscopeError ? failure.code : 'bug', failure.message];
}

describe('what fails below HTTP', () => {
  test.each<[string, string, RegExp]>([
    ['ENOTFOUND', 'registry-unreachable', /^host:5000: cannot be reached \(there is no host of that name\)\.$/],
    ['EAI_AGAIN', 'again', /could not be looked up/],
    ['ECONNREFUSED', 'registry-unreachable', /connection refused/],
    ['ECONNRESET', 'again', /the connection was dropped/],
    ['EPIPE', 'again', /the connection was dropped/],
    ['ETIMEDOUT', 'again', /^host:5000: no connection within 10 seconds; given up/],
    ['ABORT_ERR', 'registry-unreachable', /long words\)/],
    ['ERR_INVALID_CHAR', 'registry-unreachable', /long words\)/],
    ['CERT_HAS_EXPIRED', 'registry-certificate', /not trusted \(long words\)\. .* --tls-ca FILE/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'registry-certificate', /--tls-ca/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'registry-certificate', /--tls-ca/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'registry-certificate', /--tls-ca/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'registry-not-tls', /--insecure/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'registry-unreachable', /cannot be reached/],
    ['HPE_INVALID_CONSTANT', 'registry-malformed', /does not answer as a registry does/],
    ['HPE_HEADER_OVERFLOW', 'registry-malformed', /its headers are too long/],
    ['', 'again', /long words\)/],
  ])('%s', (code, kind, message) => {
    expect(outcome(coded(code))).toEqual([kind, expect.stringMatching(message)]);
  });

  test.each<[Error, RegExp]>([
    [new ConnectTimeout(), /^host:5000: no connection within 10 seconds; given up/],
    [new AnswerTimeout(), /no answer within 30 seconds/],
    [new IdleTimeout(), /nothing more came for 30 seconds/],
  ])('comes too late', (error, message) => {
    expect(outcome(error)).toEqual(['again', expect.stringMatching(message)]);
  });

  test("is told in OpenSSL's words where it has some", () => {
    const [, message] = outcome(coded('ERR_SSL_WRONG_VERSION_NUMBER', { reason: 'wrong version number' }));
    expect(message).toContain('(wrong version number)');
  });

  test('is tried again where the host answered before', () => {
    expect(outcome(coded('ECONNREFUSED'), true)[0]).toBe('again');
  });

  test('is told of the first of several addresses', () => {
    const both = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')], '');
    expect(outcome(both)).toEqual(['registry-unreachable', expect.stringContaining('connection refused')]);
  });

  test('names a proxy without its password', () => {
    const [, message] = outcome(coded('ECONNREFUSED'), false, 'http://bob:hunter2@proxy:8080');
    expect(message).toBe('host:5000: cannot be reached (connection refused, through the proxy proxy:8080).');
  });
});
