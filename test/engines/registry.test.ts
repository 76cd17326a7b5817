import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseImageName } from '../../src/image/image-name.ts';
import { connectRegistry, type RegistryClient, type RegistryOptions } from '../../src/registry/registry-client.ts';
import { type Certificates, makeCertificates, readCertificates } from './registry/certificates.ts';
import { startFaultProxy } from './registry/fault-proxy.ts';
import { startLoopbackServer } from './registry/loopback-server.ts';
import { startNetworkProxy } from './registry/network-proxy.ts';
import { pushImage } from './registry/push-image.ts';
import { type SmallImage, writeSmallImage } from './registry/small-image.ts';
import { type Registry, startRegistry } from './registry/start-registry.ts';
import { startTokenServer, type TokenServer } from './registry/token-server.ts';
import { enginesRequired, missingPrograms, PROGRAMS } from './requirements.ts';
import { makeScratch, removeScratch } from './scratch.ts';

const { dockerRegistry, skopeo, openssl, python3, setpriv } = PROGRAMS;
const missing = missingPrograms([dockerRegistry, skopeo, openssl, python3, setpriv]);
const skipped = missing.length > 0 && !enginesRequired();

describe.skipIf(skipped)(`registries${skipped ? ` (no ${missing.join(', ')})` : ''}`, () => {
  const stops: (() => Promise<void>)[] = [];
  let scratch: string;
  let image: SmallImage;
  let certificates: Certificates;
  let plain: Registry;
  let secret: Registry;
  let tokens: TokenServer;
  let bearer: Registry;

  beforeAll(async () => {
    scratch = await makeScratch();
    stops.push(() => removeScratch(scratch));
    const temporary = join(scratch, 'tmp');
    await mkdir(temporary);
    certificates = await makeCertificates(scratch);
    image = await writeSmallImage(join(scratch, 'layout'));
    const keep = <Server extends { stop: () => Promise<void> }>(server: Server): Server => {
      stops.push(() => server.stop());
      return server;
    };
    plain = keep(await startRegistry(join(scratch, 'plain')));
    secret = keep(await startRegistry(join(scratch, 'secret'), { tls: certificates, htpasswd: { ann: 'se:cret' } }));
    tokens = keep(await startTokenServer({ certificates, users: { ann: 'se:cret' }, refreshToken: 'refresh' }));
    bearer = keep(await startRegistry(join(scratch, 'bearer'), { token: tokens }));
    await pushImage(plain, image.source, 'acme/app:1', temporary);
    for (const registry of [secret, bearer])
      await pushImage(registry, image.source, 'acme/app:1', temporary, ['--dest-creds=ann:se:cret']);
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  /** Nothing of the machine's own configuration. */
  const nobody = (): RegistryOptions => ({
    env: { HOME: scratch, XDG_RUNTIME_DIR: join(scratch, 'run'), PATH: '/usr/bin:/bin' },
    login: null,
    tlsCa: null,
    insecure: false,
  });

  async function withClient<Result>(
    text: string,
    options: Partial<RegistryOptions>,
    use: (client: RegistryClient) => Promise<Result>,
  ): Promise<Result> {
    const name = parseImageName(text);
    if (name === null) throw new Error(`${text} is no name`);
    const client = connectRegistry(name, { ...nobody(), ...options });
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  }

  async function pull(registry: Pick<Registry, 'host'>, options: Partial<RegistryOptions> = {}): Promise<void> {
    await withClient(`${registry.host}/acme/app:1`, options, async (client) => {
      const manifest = await client.manifest('1');
      expect(manifest).toEqual({
        bytes: image.manifest.bytes,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: image.manifest.digest,
      });
      expect(await client.manifest(image.manifest.digest)).toEqual(manifest);
      expect(await client.blob(image.config.descriptor)).toEqual(image.config.bytes);
      for (const { bytes, descriptor } of image.layers) {
        const blob = client.remoteBlob(descriptor);
        expect((await all(blob.open())).equals(bytes)).toBe(true);
        expect(await blob.read(10, 50)).toEqual(bytes.subarray(10, 60));
      }
    });
  }

  const failure = async (registry: Registry, options: Partial<RegistryOptions> = {}): Promise<unknown> =>
    await withClient(`${registry.host}/acme/app:1`, options, (client) => client.manifest('1')).catch(
      (error: unknown) => error,
    );
  const login = { username: 'ann', password: 'se:cret' };

  test('one on loopback without TLS is read without a login', async () => {
    await pull(plain);
  });

  test('one with TLS and Basic takes a login', async () => {
    const tlsCa = certificates.authority;
    await pull(secret, { tlsCa, login });
    await pull(secret, { tlsCa, env: { DOCKER_CONFIG: await dockerConfig(secret) } });
    await pull(secret, { insecure: true, login });
    expect(await failure(secret, { tlsCa })).toMatchObject({ code: 'login-needed' });
    expect(await failure(secret, { tlsCa, login: { username: 'ann', password: 'wrong' } })).toMatchObject({
      code: 'login-refused',
    });
    expect(await failure(secret, { login })).toMatchObject({ code: 'registry-certificate' });
  });

  test('an authority is found where Docker and podman look for it', async () => {
    const folder = join(scratch, 'config', 'containers', 'certs.d', secret.host);
    await mkdir(folder, { recursive: true });
    await copyFile(certificates.authority, join(folder, 'ca.crt'));
    await pull(secret, { login, env: { ...nobody().env, XDG_CONFIG_HOME: join(scratch, 'config') } });
  });

  test('an authority that is none is refused', async () => {
    const file = join(scratch, 'nothing.pem');
    await writeFile(file, 'nothing');
    expect(await failure(secret, { login, tlsCa: file })).toMatchObject({ code: 'invalid-authority' });
    expect(await failure(secret, { login, tlsCa: `${file}.pem` })).toMatchObject({ code: 'not-readable' });
  });

  test('TLS holds through a proxy, too', async () => {
    const network = await startNetworkProxy(secret.host);
    const asking = async (host: string, tlsCa: string | null): Promise<unknown> =>
      await withClient(
        `${host}/acme/app:1`,
        { login, tlsCa, env: { ...nobody().env, HTTPS_PROXY: network.host } },
        async (client) => (await client.manifest('1')).digest,
      ).catch((error: unknown) => error);
    try {
      expect(await asking('registry.test', certificates.authority)).toBe(image.manifest.digest);
      expect(await asking('registry.test', null)).toMatchObject({ code: 'registry-certificate' });
      expect(await asking('other.test', certificates.authority)).toMatchObject({ code: 'registry-certificate' });
      expect(new Set(network.asked)).toEqual(new Set(['registry.test:443 nobody', 'other.test:443 nobody']));
    } finally {
      await network.stop();
    }
  });

  test('one elsewhere cannot have a login sent in plain text, not even to this machine', async () => {
    const challenge = { 'www-authenticate': `Bearer realm="${tokens.realm}",service="${tokens.service}"` };
    const evil = await startLoopbackServer(
      (_, response) => response.writeHead(401, challenge).end(),
      await readCertificates(certificates),
    );
    const network = await startNetworkProxy(evil.host);
    const before = tokens.requests.length;
    const env = { ...nobody().env, HTTPS_PROXY: network.host };
    const asking = withClient('registry.test/acme/app:1', { login, env, tlsCa: certificates.authority }, (client) =>
      client.manifest('1'),
    );
    try {
      await expect(asking).rejects.toMatchObject({ code: 'plain-text-login' });
      expect(tokens.requests.length).toBe(before);
    } finally {
      await network.stop();
      await evil.stop();
    }
  });

  test('a blob of a real registry that breaks goes on where it broke', async () => {
    const proxy = await startFaultProxy(plain.host, ({ path }, nth) =>
      path.includes('/blobs/') && nth < 2 ? { kind: 'dropped', after: 1_000_000 } : null,
    );
    try {
      await pull(proxy);
      expect(proxy.seen.some(({ headers }) => /^bytes=[1-9]\d*-$/.test(headers.range ?? ''))).toBe(true);
    } finally {
      await proxy.stop();
    }
  });

  test('what is not there is told from what is refused', async () => {
    const missingTag = withClient(`${plain.host}/acme/app:2`, {}, (client) => client.manifest('2'));
    await expect(missingTag).rejects.toMatchObject({
      code: 'image-not-found',
      message: `${plain.host}/acme/app:2: not found on ${plain.host} (MANIFEST_UNKNOWN: manifest unknown). Check the name and the tag.`,
    });
    const missingName = withClient(`${plain.host}/acme/none`, {}, (client) => client.manifest('latest'));
    await expect(missingName).rejects.toMatchObject({ code: 'image-not-found' });
  });

  test('one with tokens takes a login', async () => {
    await pull(bearer, { login });
    expect(tokens.requests.at(-1)).toEqual({
      method: 'GET',
      parameters: { service: tokens.service, scope: 'repository:acme/app:pull', account: 'ann' },
      authorization: `Basic ${Buffer.from('ann:se:cret').toString('base64')}`,
    });
    await pull(bearer, { env: { DOCKER_CONFIG: await dockerConfig(bearer) } });
    await pull(bearer, { env: { DOCKER_CONFIG: await dockerConfig(bearer, { identitytoken: 'refresh' }) } });
    expect(tokens.requests.at(-1)).toMatchObject({ method: 'POST', parameters: { refresh_token: 'refresh' } });
    expect(await failure(bearer)).toMatchObject({ code: 'login-needed' });
    expect(await failure(bearer, { login: { username: 'ann', password: 'wrong' } })).toMatchObject({
      code: 'login-refused',
    });
  });

  async function dockerConfig({ host }: Registry, more: object = {}): Promise<string> {
    const folder = await mkdtemp(join(scratch, 'docker-'));
    const auth = Buffer.from('ann:se:cret').toString('base64');
    await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth, ...more } } }));
    return folder;
  }
});

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const list: Buffer[] = [];
  for await (const chunk of chunks) list.push(chunk);
  return Buffer.concat(list);
}
