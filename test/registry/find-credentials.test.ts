import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ImageName, parseImageName } from '../../src/image/image-name.ts';
import { findCredentials } from '../../src/registry/find-credentials.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';

const scratch = scratchFolder();
let count = 0;

type Environment = Record<string, string>;

/** A home with these files, and an environment in which nothing else is found. */
function home(files: Readonly<Record<string, unknown>>): { folder: string; env: Environment } {
  const folder = join(scratch, `home-${count++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { folder, env: { HOME: folder, XDG_RUNTIME_DIR: join(folder, 'run'), PATH: '/usr/bin:/bin' } };
}

function named(text: string): ImageName {
  const name = parseImageName(text);
  if (name === null) throw new Error(`${text} is no name`);
  return name;
}

const auth = (login: string): { auth: string } => ({ auth: Buffer.from(login).toString('base64') });
const docker = '.docker/config.json';

/** Who it is, in short: `user:password`, `token:…`, or the code of what failed. */
async function found(text: string, env: Environment): Promise<string | null> {
  const { credentials, failure } = await findCredentials(named(text), env);
  if (credentials === null) return failure === null ? null : failure.code;
  return credentials.kind === 'password'
    ? `${credentials.username}:${credentials.password}`
    : `token:${credentials.token}`;
}

describe('the file of Docker', () => {
  test.each<[string, unknown, string, string | null]>([
    ['a host', { auths: { 'ghcr.io': auth('ann:a') } }, 'ghcr.io/acme/app', 'ann:a'],
    ['a host with a port', { auths: { 'localhost:5000': auth('ann:a') } }, 'localhost:5000/app', 'ann:a'],
    ['another port', { auths: { 'localhost:5000': auth('ann:a') } }, 'localhost:5001/app', null],
    ['a scheme', { auths: { 'https://ghcr.io': auth('ann:a') } }, 'ghcr.io/acme/app', 'ann:a'],
    ['a scheme and a path', { auths: { 'https://ghcr.io/v2/x': auth('ann:a') } }, 'ghcr.io/acme/app', 'ann:a'],
    ['a version', { auths: { 'ghcr.io/v2/': auth('ann:a') } }, 'ghcr.io/acme/app', 'ann:a'],
    ['Docker Hub', { auths: { 'https://index.docker.io/v1/': auth('ann:a') } }, 'alpine', 'ann:a'],
    ['Docker Hub by its name', { auths: { 'docker.io': auth('ann:a') } }, 'acme/app', 'ann:a'],
    ['a host that only begins so', { auths: { 'ghcr.io': auth('ann:a') } }, 'ghcr.io.evil.example/app', null],
    ['a host that only ends so', { auths: { 'evil-ghcr.io': auth('ann:a') } }, 'ghcr.io/app', null],
    ['a colon in the password', { auths: { 'ghcr.io': auth('ann:a:b') } }, 'ghcr.io/app', 'ann:a:b'],
    ['zero bytes after it', { auths: { 'ghcr.io': auth('ann:a\0\0') } }, 'ghcr.io/app', 'ann:a'],
    ['plain fields', { auths: { 'ghcr.io': { username: 'ann', password: 'a' } } }, 'ghcr.io/app', 'ann:a'],
    [
      'an identity token',
      { auths: { 'a.azurecr.io': { ...auth('0:'), identitytoken: 't' } } },
      'a.azurecr.io/b',
      'token:t',
    ],
    ['an entry of nothing', { auths: { 'ghcr.io': {} } }, 'ghcr.io/app', null],
    ['null', { auths: { 'ghcr.io': { auth: null } }, credHelpers: null, credsStore: null }, 'ghcr.io/app', null],
    ['other settings', { HttpHeaders: { 'User-Agent': 'x' }, psFormat: 'x' }, 'ghcr.io/app', null],
    ['no colon', { auths: { 'ghcr.io': auth('ann') } }, 'ghcr.io/app', 'credentials-unreadable'],
    ['another shape', { auths: { 'ghcr.io': 'hunter2' } }, 'ghcr.io/app', 'credentials-unreadable'],
    ['no JSON', '{"auths": hunter2}', 'ghcr.io/app', 'credentials-unreadable'],
  ])('%s', async (_, file, image, expected) => {
    expect(await found(image, home({ [docker]: file }).env)).toBe(expected);
  });

  test('that cannot be understood is not repeated', async () => {
    for (const file of [
      '{"auths": hunter2}',
      { auths: { 'ghcr.io': 'hunter2' } },
      { auths: { 'ghcr.io': { auth: { x: 'hunter2' } } } },
    ]) {
      const { failure } = await findCredentials(named('ghcr.io/app'), home({ [docker]: file }).env);
      expect(failure?.message).toMatch(/config\.json: no credentials could be read from it: /);
      expect(failure?.message).not.toContain('hunter2');
    }
  });

  test('that is none is passed over', async () => {
    const { folder, env } = home({});
    expect(await found('ghcr.io/app', { ...env, REGISTRY_AUTH_FILE: '/dev/null', DOCKER_CONFIG: folder })).toBeNull();
    expect(await found('ghcr.io/app', { ...env, REGISTRY_AUTH_FILE: join(folder, 'nothing') })).toBeNull();
  });

  test('that is too large is not read', async () => {
    expect(await found('ghcr.io/app', home({ [docker]: ' '.repeat(2 ** 20 + 1) }).env)).toBe('metadata-too-large');
  });
});

describe('the file of podman', () => {
  const auths = {
    'ghcr.io': auth('host:h'),
    'ghcr.io/acme': auth('acme:a'),
    'ghcr.io/acme/team/app': auth('app:p'),
    'docker.io/acme': auth('hub:u'),
  };
  test.each([
    ['ghcr.io/acme/team/app', 'app:p'],
    ['ghcr.io/acme/team/application', 'acme:a'],
    ['ghcr.io/acme/other', 'acme:a'],
    ['ghcr.io/acme2/other', 'host:h'],
    ['acme/app', 'hub:u'],
    ['alpine', null],
  ])('%s', async (image, expected) => {
    expect(await found(image, home({ 'run/containers/auth.json': { auths } }).env)).toBe(expected);
  });
});

test('files are looked at in the order of the documentation', async () => {
  const one = (who: string): unknown => ({ auths: { 'ghcr.io': auth(`${who}:x`) } });
  const files: [string, unknown][] = [
    ['explicit.json', one('explicit')],
    [docker, one('docker')],
    ['run/containers/auth.json', one('runtime')],
    ['.config/containers/auth.json', one('config')],
  ];
  const order: (string | null)[] = [];
  for (let from = 0; from <= files.length; from++) {
    const { folder, env } = home(Object.fromEntries(files.slice(from)));
    order.push(await found('ghcr.io/app', { ...env, REGISTRY_AUTH_FILE: join(folder, 'explicit.json') }));
  }
  expect(order).toEqual(['explicit:x', 'docker:x', 'runtime:x', 'config:x', null]);
  const elsewhere = home({ 'd/config.json': one('moved'), [docker]: one('docker') });
  expect(await found('ghcr.io/app', { ...elsewhere.env, DOCKER_CONFIG: join(elsewhere.folder, 'd') })).toBe('moved:x');
});

describe('helpers', () => {
  /** A home whose Docker file names a helper that is this script. */
  function helped(script: string, settings: unknown = { credsStore: 'test' }): Environment {
    const { folder, env } = home({ [docker]: settings, 'bin/docker-credential-test': `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder, 'bin', 'docker-credential-test'), 0o755);
    return { ...env, PATH: `${join(folder, 'bin')}:/usr/bin:/bin` };
  }
  const answering = `read server; printf '{"ServerURL":"%s","Username":"%s","Secret":"s"}' "$server" "$1-$server"`;

  test('are asked on standard input, by the name that Docker uses', async () => {
    const env = helped(answering);
    expect(await found('ghcr.io/acme/app', env)).toBe('get-ghcr.io:s');
    expect(await found('alpine', env)).toBe('get-https://index.docker.io/v1/:s');
    expect(await found('localhost:5000/app', env)).toBe('get-localhost:5000:s');
  });

  test('of a registry come before the one of all', async () => {
    const env = helped(answering, { credsStore: 'nothing', credHelpers: { 'ghcr.io': 'test' } });
    expect(await found('ghcr.io/acme/app', env)).toBe('get-ghcr.io:s');
    expect(await found('quay.io/acme/app', env)).toBe('credential-helper');
    const none = helped(answering, {
      credsStore: 'test',
      credHelpers: { 'ghcr.io': '' },
      auths: { 'ghcr.io': auth('a:b') },
    });
    expect(await found('ghcr.io/acme/app', none)).toBe('a:b');
  });

  test.each([
    ['an identity token', `echo '{"Username":"<token>","Secret":"t"}'`, 'token:t'],
    ['nothing known', `echo 'credentials not found in native keychain'; exit 1`, null],
    ['no secret', `echo '{"Username":"","Secret":""}'`, null],
    ['a failure', `echo 'locked'; echo hunter2 >&2; exit 3`, 'credential-helper'],
    ['no JSON', 'echo hunter2', 'credential-helper'],
    ['another shape', `echo '{"Secret":"hunter2"}'`, 'credential-helper'],
    ['no end', 'yes hunter2', 'credential-helper'],
  ])('%s', async (_, script, expected) => {
    const env = helped(script);
    expect(await found('ghcr.io/app', env)).toBe(expected);
    expect((await findCredentials(named('ghcr.io/app'), env)).failure?.message ?? '').not.toContain('hunter2');
  });

  test('that know nothing leave what stands in the file', async () => {
    const settings = { credsStore: 'test', auths: { 'ghcr.io': auth('ann:a') } };
    expect(await found('ghcr.io/app', helped('echo credentials not found; exit 1', settings))).toBe('ann:a');
  });

  test.each(['nothing-there', '../../bin/sh', 'a b', 'x;id', '-x', '$(id)'])(
    'of the name %s are an error',
    async (helper) => {
      const { failure } = await findCredentials(named('ghcr.io/app'), helped(answering, { credsStore: helper }));
      expect(failure).toMatchObject({ code: 'credential-helper' });
    },
  );

  test('that fail do not hide what another file knows', async () => {
    const { env } = home({
      [docker]: { credsStore: 'missing' },
      'run/containers/auth.json': { auths: { 'ghcr.io': auth('ann:a') } },
    });
    expect(await found('ghcr.io/app', env)).toBe('ann:a');
  });
});
