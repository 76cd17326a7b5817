import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDocker } from '../../src/engine/find-docker.ts';
import { findPodman } from '../../src/engine/find-podman.ts';
import { complaintOf } from './complaint.ts';
import { testFolder } from './fake-engine.ts';

/** A folder as `DOCKER_CONFIG` names it. */
function dockerConfig(config: unknown): string {
  const folder = testFolder();
  writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return folder;
}

function putContext(folder: string, name: string, endpoint: object, pems: readonly string[] = []): string {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = join(folder, 'contexts/meta', id);
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: endpoint } }));
  const tls = join(folder, 'contexts/tls', id, 'docker');
  mkdirSync(tls, { recursive: true });
  for (const pem of pems) writeFileSync(join(tls, pem), `${name} ${pem}`);
  return tls;
}

async function found(env: Record<string, string>, platform = 'linux'): Promise<readonly string[]> {
  const { addresses } = await findDocker({ env, platform });
  return addresses.map(({ text, from }) => (from === null ? text : `${text} by ${from}`));
}

describe('Docker', () => {
  test('is where it usually is', async () => {
    const home = testFolder();
    expect(await found({ HOME: home, XDG_RUNTIME_DIR: '/run/user/7' })).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///run/user/7/docker.sock',
      `unix://${home}/.docker/run/docker.sock`,
    ]);
    expect(await found({ XDG_RUNTIME_DIR: 'relative' })).toEqual(['unix:///var/run/docker.sock']);
    expect(await found({ USERPROFILE: home }, 'win32')).toEqual(['npipe:////./pipe/docker_engine']);
  });

  test('is where DOCKER_HOST, else DOCKER_CONTEXT, else the configuration says', async () => {
    const folder = dockerConfig({ currentContext: 'current', auths: {} });
    putContext(folder, 'current', { Host: 'unix:///current.sock' });
    putContext(folder, 'chosen', { Host: 'ssh://me@build' });
    const env = { DOCKER_CONFIG: folder };
    expect(await found(env)).toEqual(['unix:///current.sock by docker context current']);
    expect(await found({ ...env, DOCKER_CONTEXT: 'chosen' })).toEqual(['ssh://me@build by docker context chosen']);
    const all = { ...env, DOCKER_CONTEXT: 'chosen', DOCKER_HOST: 'tcp://host' };
    expect(await found(all)).toEqual(['tcp://host:2375 by DOCKER_HOST']);
    expect(await found({ ...env, DOCKER_CONTEXT: 'default' })).toContain('unix:///var/run/docker.sock');
  });

  test('has its configuration in the home folder', async () => {
    const home = testFolder();
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker/config.json'), '{"currentContext":"colima"}');
    putContext(join(home, '.docker'), 'colima', { Host: 'unix:///colima.sock' });
    expect(await found({ HOME: home })).toEqual(['unix:///colima.sock by docker context colima']);
  });

  test('is spoken to with TLS if the environment says so', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'ca.pem'), 'the CA');
    const env = { DOCKER_CERT_PATH: folder, DOCKER_HOST: 'tcp://host' };
    const verified = await findDocker({ env: { ...env, DOCKER_TLS_VERIFY: '1', DOCKER_TLS: '1' }, platform: 'linux' });
    expect(verified.addresses).toMatchObject([{ tls: true, port: 2376 }]);
    expect(verified.tls).toEqual({ folder, ca: Buffer.from('the CA'), cert: null, key: null, verify: true });
    const encrypted = await findDocker({ env: { ...env, DOCKER_TLS: '1' }, platform: 'linux' });
    expect(encrypted.tls).toMatchObject({ verify: false });
    expect((await findDocker({ env, platform: 'linux' })).tls).toBeNull();
    expect(await found({ DOCKER_TLS_VERIFY: '1', HOME: folder })).toEqual([
      'tcp://localhost:2376 by DOCKER_TLS_VERIFY',
    ]);
  });

  test('is spoken to with TLS if its context has certificates, or does without them', async () => {
    const folder = dockerConfig({});
    const tls = putContext(folder, 'remote', { Host: 'tcp://host' }, ['ca.pem', 'cert.pem', 'key.pem']);
    putContext(folder, 'lax', { Host: 'tcp://host', SkipTLSVerify: true });
    putContext(folder, 'plain', { Host: 'tcp://host', SkipTLSVerify: false });
    const tlsOf = async (name: string): Promise<unknown> =>
      (await findDocker({ env: { DOCKER_CONFIG: folder, DOCKER_CONTEXT: name }, platform: 'linux' })).tls;
    const [ca, cert, key] = ['ca', 'cert', 'key'].map((name) => Buffer.from(`remote ${name}.pem`));
    expect(await tlsOf('remote')).toEqual({ folder: tls, ca, cert, key, verify: true });
    expect(await tlsOf('lax')).toMatchObject({ ca: null, verify: false });
    expect(await tlsOf('plain')).toBeNull();
  });

  test.each([
    ['a context that is not there', { currentContext: '../../etc' }, /^docker context \.\.\/\.\.\/etc: does not exist/],
    ['a configuration that is no JSON', '{"currentContext":', /config\.json: is not what it claims to be: no JSON/],
    [
      'a configuration of another kind',
      { currentContext: 7 },
      /config\.json: is not what it claims to be: no JSON with a text as currentContext/,
    ],
    [
      'a configuration of many megabytes',
      ' '.repeat(1_048_577),
      /config\.json: has 1048577 bytes, more than the 1048576/,
    ],
  ])('%s is an error', async (_, config, message) => {
    const complaint = await complaintOf(found({ DOCKER_CONFIG: dockerConfig(config) }));
    expect(complaint.message).toMatch(message);
  });

  test('a mistake beside a password does not show it', async () => {
    const config = '{"auths":{"r":{"auth":"c2VjcmV0" "x"}}}';
    const { message } = await complaintOf(found({ DOCKER_CONFIG: dockerConfig(config) }));
    expect(message).not.toMatch('c2V');
  });

  test('a context without an engine for Docker is an error', async () => {
    const folder = dockerConfig({});
    putContext(folder, 'odd', {});
    const { message } = await complaintOf(found({ DOCKER_CONFIG: folder, DOCKER_CONTEXT: 'odd' }));
    expect(message).toMatch(/meta\.json: is not what it claims to be: Endpoints\.docker\.Host/);
  });

  test('a configuration that cannot be read is an error', async () => {
    const folder = testFolder();
    // Modes do not keep the superuser out.
    symlinkSync('/proc/self/mem', join(folder, 'config.json'));
    mkdirSync(join(folder, 'directory/config.json'), { recursive: true });
    const unreadable = process.platform === 'linux' ? [folder] : [];
    for (const each of [...unreadable, join(folder, 'directory')]) {
      const complaint = await complaintOf(found({ DOCKER_CONFIG: each }));
      expect(complaint.message).toMatch(/config\.json: (?:cannot be read|is not what it claims)/);
    }
  });
});

describe('Podman', () => {
  test.each([
    [{}, ['unix:///run/podman/podman.sock']],
    [{ XDG_RUNTIME_DIR: '/run/user/7' }, ['unix:///run/user/7/podman/podman.sock', 'unix:///run/podman/podman.sock']],
    [{ XDG_RUNTIME_DIR: '/run/user/7', CONTAINER_HOST: 'tcp://host:8080' }, ['tcp://host:8080']],
  ])('with %o is at %o', (env, addresses) => {
    expect(findPodman({ env, platform: 'linux' }).addresses.map(({ text }) => text)).toEqual(addresses);
  });
});
