import * as v from 'valibot';
import { problem } from '../errors.ts';
import { basic } from './basic.ts';
import type { Challenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import type { HttpRequest } from './http-message.ts';

/** How to ask for a token, as a registry's challenge has it. */
export interface TokenQuestion {
  readonly realm: URL;
  readonly service: string | null;
  readonly scopes: readonly string[];
}

/**
 * Reads a Bearer challenge (distribution, "Token Authentication Specification").
 * @param host who challenges, for errors
 * @param repository what is asked for where the challenge does not say
 * @param plain whether the realm may be asked in plain HTTP
 * @throws LayerscopeError `registry-malformed`, `plain-text-login`
 */
export function tokenQuestion(
  { parameters }: Challenge,
  host: string,
  repository: string,
  plain: (url: URL) => boolean,
): TokenQuestion {
  const text = parameters.get('realm') ?? '';
  const realm = URL.canParse(text) ? new URL(text) : null;
  if (realm === null || !['http:', 'https:'].includes(realm.protocol) || realm.username !== '' || realm.password !== '')
    throw problem('registry-malformed', { host, reason: 'it does not say where to ask for tokens' });
  if (realm.protocol === 'http:' && !plain(realm)) throw problem('plain-text-login', { host, realm: realm.host });
  const scope = parameters.get('scope') || `repository:${repository}:pull`;
  return { realm, service: parameters.get('service') || null, scopes: scope.split(/\s+/) };
}

/** What comes of asking: a token, or what the server says instead of giving one. */
export type TokenAnswer = { readonly token: string } | { readonly refused: string };

/** How layerscope is known to token servers that take refresh tokens. */
const client = 'layerscope';

/** Artifactory gives nothing to those who do not say what they accept. */
const json = 'application/json';

/** The request that a token is asked for with: with a form if there is a token to exchange, else with a query. */
export function tokenRequest({ realm, service, scopes }: TokenQuestion, credentials: Credentials | null): HttpRequest {
  if (credentials?.kind === 'identity-token') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: credentials.token,
      client_id: client,
    });
    if (service !== null) form.set('service', service);
    form.set('scope', scopes.join(' '));
    const headers = { accept: json, 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body: form.toString() };
  }
  const url = new URL(realm);
  if (service !== null) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  if (credentials === null) return { method: 'GET', url, headers: { accept: json } };
  url.searchParams.set('account', credentials.username);
  return {
    method: 'GET',
    url,
    headers: { accept: json, authorization: basic(credentials.username, credentials.password) },
  };
}

/** Either name is in use, by some servers both. */
const answerSchema = v.object({ token: v.nullish(v.string(), ''), access_token: v.nullish(v.string(), '') });

/**
 * Takes the token out of an answer.
 * @returns null if there is none that could stand in a header
 */
export function tokenIn(body: Buffer): string | null {
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString());
  } catch {
    return null;
  }
  const result = v.safeParse(answerSchema, answer);
  if (!result.success) return null;
  const token = result.output.token || result.output.access_token;
  return /^[\x21-\x7e]+$/.test(token ?? '') ? token || null : null;
}
