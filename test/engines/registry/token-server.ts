import { createSign, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Certificates, readCertificates } from './certificates.ts';
import { startLoopbackServer } from './loopback-server.ts';

/** What a client asked for. */
export interface TokenRequest {
  readonly method: string;
  /** Of the query or of the form, whichever came. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly authorization: string | null;
}

export interface TokenServer {
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** PEM file for a registry's settings. */
  readonly authority: string;
  /** All that was asked for so far. */
  readonly requests: readonly TokenRequest[];
  stop(): Promise<void>;
}

export interface TokenServerSettings {
  readonly certificates: Certificates;
  /** Who may pull; with nobody, anyone may. Anyone who is named may push, too. */
  readonly users?: Readonly<Record<string, string>>;
  /** A token that is exchanged by POST, as `identitytoken` in Docker's configuration is. */
  readonly refreshToken?: string;
  /** Seconds. */
  readonly lifetime?: number;
  readonly field?: 'token' | 'access_token';
}

const service = 'layerscope-registry';
const issuer = 'layerscope-tokens';

/**
 * Gives out tokens as distribution's "token authentication" has them: JWTs whose key the authority vouches for. It speaks
 * plain HTTP, which is enough between loopback ports.
 */
export async function startTokenServer(settings: TokenServerSettings): Promise<TokenServer> {
  const { certificates, users = {}, refreshToken = null, lifetime = 300, field = 'token' } = settings;
  const { cert, key } = await readCertificates(certificates);
  const requests: TokenRequest[] = [];
  const { origin, stop } = await startLoopbackServer((request, response) => {
    void readRequest(request).then((asked) => {
      requests.push(asked);
      const who = identify(asked, users, refreshToken);
      if (who === null) {
        response.writeHead(401).end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
        return;
      }
      const mayPull = Object.keys(users).length === 0 || who !== 'anonymous';
      const granted = access(asked.parameters['scope'] ?? '', mayPull, who !== 'anonymous');
      const token = signToken(granted, { cert, key, lifetime, who });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ [field]: token, expires_in: lifetime }));
    });
  });
  return { realm: `${origin}/token`, service, issuer, authority: certificates.authority, requests, stop };
}

/** Null: with a password or token that is wrong. */
function identify(
  { method, parameters, authorization }: TokenRequest,
  users: Readonly<Record<string, string>>,
  refreshToken: string | null,
): string | null {
  if (method === 'POST')
    return refreshToken !== null && parameters['refresh_token'] === refreshToken ? 'refreshed' : null;
  if (authorization === null) return 'anonymous';
  const login = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
  const [user] = Object.entries(users).find(([name, password]) => login === `${name}:${password}`) ?? [null];
  return user;
}

interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

function access(scope: string, mayPull: boolean, mayPush: boolean): Access[] {
  const [type = '', name = '', actions = ''] = scope.split(':');
  const granted = actions.split(',').filter((action) => (action === 'pull' ? mayPull : action === 'push' && mayPush));
  return scope === '' ? [] : [{ type, name, actions: granted }];
}

interface Signing {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly lifetime: number;
  readonly who: string;
}

function signToken(granted: readonly Access[], { cert, key, lifetime, who }: Signing): string {
  const now = Math.floor(Date.now() / 1000);
  const der = cert.toString().replace(/-----[^-]+-----|\s/g, '');
  const header = { typ: 'JWT', alg: 'ES256', x5c: [der] };
  const claims = {
    iss: issuer,
    sub: who,
    aud: service,
    exp: now + lifetime,
    nbf: now - 10,
    iat: now,
    jti: randomUUID(),
  };
  const signed = `${encode(header)}.${encode({ ...claims, access: granted })}`;
  const signature = createSign('sha256').update(signed).sign({ key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

async function readRequest(request: IncomingMessage): Promise<TokenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const query = new URL(request.url ?? '/', 'http://token').searchParams;
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  return {
    method: request.method ?? '',
    parameters: Object.fromEntries([...query, ...form]),
    authorization: request.headers.authorization ?? null,
  };
}
