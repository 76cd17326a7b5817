import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parseImageName } from '../../src/image/image-name.ts';
import { defaultLimits } from '../../src/registry/limits.ts';
import { connectRegistry, type RegistryClient, type RegistryOptions } from '../../src/registry/registry-client.ts';
import { type FaultProxy, type SeenRequest, startFaultProxy } from '../engines/registry/fault-proxy.ts';
import { type LoopbackServer, startLoopbackServer } from '../engines/registry/loopback-server.ts';
import { startNetworkProxy } from '../engines/registry/network-proxy.ts';
import {
  digestOf,
  layer,
  layerDescriptor,
  layerPath,
  manifest,
  manifestPath,
  startFakeRegistry,
} from './fake-registry.ts';
import { testClock } from './test-clock.ts';

let upstream: LoopbackServer;
beforeAll(async () => {
  upstream = await startFakeRegistry();
});
afterAll(async () => {
  await upstream.stop();
});

function keep<Server extends { readonly stop: () => Promise<void> }>(server: Server): Server {
  onTestFinished(() => server.stop());
  return server;
}

const login = { username: 'ann', password: 'secret' };
const basic = `Basic ${Buffer.from('ann:secret').toString('base64')}`;

function clientOf(image: string, options: Partial<RegistryOptions> = {}): RegistryClient {
  const name = parseImageName(image);
  if (name === null) throw new Error(`${image} is no name`);
  const all = { env: { HOME: '/nonexistent' }, login, tlsCa: null, insecure: false, ...options };
  const client = connectRegistry(name, all, { clock: testClock().clock, limits: defaultLimits });
  onTestFinished(() => client.close());
  return client;
}

async function layerBy(client: RegistryClient): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of client.remoteBlob(layerDescriptor).open()) chunks.push(chunk);
  return digestOf(Buffer.concat(chunks));
}

const seenBy = ({ seen }: FaultProxy): [string, string | undefined][] =>
  seen.map(({ path, headers }) => [path, headers.authorization]);

/** A registry that wants this authorization, and does otherwise as `then` says. */
async function guarded(
  challenge: string,
  authorized: () => string,
  then: (request: SeenRequest) => string | null = () => null,
): Promise<FaultProxy> {
  return keep(
    await startFaultProxy(upstream.host, (request) => {
      if (request.headers.authorization !== authorized())
        return { kind: 'status', status: 401, headers: { 'www-authenticate': challenge } };
      const location = then(request);
      return location === null ? null : { kind: 'status', status: 307, headers: { location } };
    }),
  );
}

describe('a blob on another host', () => {
  test('is fetched there without the login of the registry', async () => {
    const storage = keep(await startFaultProxy(upstream.host, () => null));
    const registry = await guarded(
      'Basic realm="r"',
      () => basic,
      ({ path }) => (path === layerPath ? `http://${storage.host}${layerPath}` : null),
    );
    const client = clientOf(`${registry.host}/acme/app:1`);
    expect((await client.manifest('1')).bytes).toEqual(manifest);
    expect(await layerBy(client)).toBe(layerDescriptor.digest);
    expect(await client.remoteBlob(layerDescriptor).read(5, 5)).toEqual(layer.subarray(5, 10));
    expect(seenBy(storage)).toEqual([
      [layerPath, undefined],
      [layerPath, undefined],
    ]);
    expect(storage.seen[1]?.headers.range).toBe('bytes=5-9');
    expect(seenBy(registry)).toEqual([
      [manifestPath, undefined],
      [manifestPath, basic],
      [layerPath, basic],
      [layerPath, basic],
    ]);
  });

  test('that asks for a login there gets none, and no token is asked for in its name', async () => {
    const tokens = keep(await startFaultProxy(upstream.host, () => null));
    const challenge = { 'www-authenticate': `Bearer realm="http://${tokens.host}/token"` };
    const storage = keep(
      await startFaultProxy(upstream.host, () => ({ kind: 'status', status: 401, headers: challenge })),
    );
    const registry = await guarded(
      'Basic realm="r"',
      () => basic,
      () => `http://${storage.host}${layerPath}`,
    );
    const client = clientOf(`${registry.host}/acme/app:1`);
    await expect(layerBy(client)).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining(`${storage.host} denies access`),
    });
    expect(seenBy(storage)).toEqual([[layerPath, undefined]]);
    expect(tokens.seen).toEqual([]);
  });

  test('is asked for at the registry again when it breaks: where it is may have changed', async () => {
    const storage = keep(
      await startFaultProxy(upstream.host, (_, nth) => (nth === 0 ? { kind: 'dropped', after: 300_000 } : null)),
    );
    const registry = await guarded(
      'Basic realm="r"',
      () => basic,
      () => `http://${storage.host}${layerPath}`,
    );
    expect(await layerBy(clientOf(`${registry.host}/acme/app:1`))).toBe(layerDescriptor.digest);
    expect(registry.seen.map(({ headers }) => headers.range === undefined)).toEqual([true, true, false]);
    expect(storage.seen.map(({ headers }) => headers.range === undefined)).toEqual([true, false]);
  });
});

describe('tokens', () => {
  test('are asked for anew when one is too old', async () => {
    let count = 0;
    const tokens = keep(
      await startLoopbackServer((_, response) => {
        count += 1;
        response.end(JSON.stringify({ access_token: `t${count}`, expires_in: 60 }));
      }),
    );
    const challenge = `Bearer realm="${tokens.origin}/token",scope="repository:acme/app:pull"`;
    let valid = 't1';
    const registry = await guarded(challenge, () => `Bearer ${valid}`);
    const client = clientOf(`${registry.host}/acme/app:1`);
    await client.manifest('1');
    valid = 't2';
    const pulls = await Promise.all([layerBy(client), layerBy(client), layerBy(client)]);
    expect(pulls).toEqual([layerDescriptor.digest, layerDescriptor.digest, layerDescriptor.digest]);
    expect(count).toBe(2);
  });

  test('that are refused are not asked for again and again', async () => {
    let count = 0;
    const tokens = keep(
      await startLoopbackServer((_, response) => {
        count += 1;
        response.end('{"token":"t"}');
      }),
    );
    const registry = await guarded(`Bearer realm="${tokens.origin}/token"`, () => 'never');
    await expect(clientOf(`${registry.host}/acme/app:1`).manifest('1')).rejects.toMatchObject({
      code: 'login-refused',
    });
    expect(count).toBe(1);
  });

  test('of a server that fails are asked for again', async () => {
    let count = 0;
    const tokens = keep(
      await startLoopbackServer((_, response) => {
        count += 1;
        if (count < 3) response.writeHead(500);
        response.end('{"token":"t"}');
      }),
    );
    const registry = await guarded(`Bearer realm="${tokens.origin}/token"`, () => 'Bearer t');
    expect((await clientOf(`${registry.host}/acme/app:1`).manifest('1')).bytes).toEqual(manifest);
    expect(count).toBe(3);
  });

  test.each([
    ['', 'registry-malformed'],
    ['{"token":7}', 'registry-malformed'],
    [' '.repeat(2_000_000), 'registry-malformed'],
  ])('that are none are refused', async (body, code) => {
    const tokens = keep(await startLoopbackServer((_, response) => response.end(body)));
    const registry = await guarded(`Bearer realm="${tokens.origin}/token"`, () => 'Bearer t');
    await expect(clientOf(`${registry.host}/acme/app:1`).manifest('1')).rejects.toMatchObject({ code });
  });

  test('go along with a login that may not be told by others', async () => {
    const elsewhere = keep(await startFaultProxy(upstream.host, () => null));
    const tokens = keep(
      await startFaultProxy(upstream.host, () => ({
        kind: 'status',
        status: 302,
        headers: { location: `http://${elsewhere.host}/token` },
      })),
    );
    const registry = await guarded(`Bearer realm="http://${tokens.host}/token"`, () => 'Bearer t');
    await expect(clientOf(`${registry.host}/acme/app:1`).manifest('1')).rejects.toMatchObject({
      code: 'login-refused',
    });
    expect(tokens.seen[0]?.headers.authorization).toBe(basic);
    expect(elsewhere.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

describe('a registry that is not on this machine', () => {
  /** Passwords are in the addresses of proxies. */
  const through = (host: string): string => `http://bob:hunter2@${host}`;
  const bob = `Basic ${Buffer.from('bob:hunter2').toString('base64')}`;

  test('is never spoken to in plain text', async () => {
    const far = keep(await startFaultProxy(upstream.host, () => null));
    const { host, asked } = keep(await startNetworkProxy(far.host));
    const client = clientOf('registry.test/acme/app:1', {
      env: { HOME: '/nonexistent', HTTPS_PROXY: through(host), HTTP_PROXY: through(host) },
    });
    await expect(client.manifest('1')).rejects.toMatchObject({
      code: 'registry-not-tls',
      message: expect.stringMatching(
        /^registry\.test: does not speak HTTPS \([^)]*through the proxy 127\.0\.0\.1:\d+\)\. /,
      ),
    });
    expect(new Set(asked)).toEqual(new Set([`registry.test:443 ${bob}`]));
    expect(far.seen).toEqual([]);
  });

  test('is spoken to in plain text if that is asked for', async () => {
    const far = keep(await startFaultProxy(upstream.host, () => null));
    const { host, asked } = keep(await startNetworkProxy(far.host));
    const env = { HOME: '/nonexistent', HTTPS_PROXY: through(host), HTTP_PROXY: through(host) };
    const client = clientOf('registry.test/acme/app:1', { env, insecure: true });
    expect((await client.manifest('1')).bytes).toEqual(manifest);
    expect(asked[0]).toBe(`registry.test:443 ${bob}`);
    expect(asked.at(-1)).toBe(`registry.test:80 ${bob}`);
  });

  test.each([
    ['closes the connection', null, 'the connection was dropped', 5],
    ['asks for a login', 407, 'it asks for a login', 1],
    ['refuses', 403, 'status 403', 1],
  ])('is not reached through a proxy that %s', async (_, status, reason, times) => {
    let count = 0;
    const proxy = keep(await startLoopbackServer(() => undefined));
    proxy.server.on('connect', (_request, socket) => {
      count += 1;
      socket.end(status === null ? '' : `HTTP/1.1 ${status} No\r\n\r\n`);
    });
    const env = { HOME: '/nonexistent', HTTPS_PROXY: proxy.origin };
    await expect(clientOf('registry.test/acme/app:1', { env }).manifest('1')).rejects.toMatchObject({
      code: 'registry-unreachable',
      message: `registry.test: cannot be reached (${reason}, through the proxy ${proxy.host}).`,
    });
    expect(count).toBe(times);
  });
});
