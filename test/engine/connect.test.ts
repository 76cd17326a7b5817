import { chmodSync } from 'node:fs';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectDocker, connectPodman, connectTo } from '../../src/engine/connect.ts';
import { socketAddress } from '../../src/engine/engine-address.ts';
import type { EngineKind } from '../../src/image/image.ts';
import type { Engine, TimeLimits } from '../../src/engine/engine.ts';
import { complaintOf } from './complaint.ts';
import { fakeEngine, image, listen, testFolder } from './fake-engine.ts';

type Limits = Partial<TimeLimits>;

async function docker(socket: string, limits: Limits = {}): Promise<Engine> {
  return await connectDocker({ env: { DOCKER_HOST: `unix://${socket}` }, platform: 'linux', limits });
}

/** One of the places where an engine usually is. */
async function usual(kind: EngineKind, ...sockets: readonly string[]): Promise<Engine> {
  const endpoint = { addresses: sockets.map(socketAddress), tls: null };
  return await connectTo(kind, endpoint, { env: {}, platform: 'linux' });
}

async function bytesOf(engine: Engine, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await engine.export(name, null)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const podmanPing = { 'api-version': '1.41', 'libpod-api-version': '4.3.1' };

describe('an engine', () => {
  test('says what it has and exports it, over one connection', async () => {
    const fake = fakeEngine();
    const socket = await listen(fake.listener);
    const engine = await docker(socket);
    expect([engine.kind, engine.address]).toEqual(['docker', `unix://${socket}`]);
    expect(await engine.has('app:dev')).toBe(true);
    expect(await engine.has('other')).toBe(false);
    expect(await bytesOf(engine, 'app:dev')).toBe('the archive');
    engine.close();
    expect(fake.connections()).toBe(1);
  });

  test('is Podman if it says so, whoever asked', async () => {
    const { listener } = fakeEngine({ '/_ping': (response) => response.writeHead(200, podmanPing).end('OK') });
    const socket = await listen(listener);
    expect((await docker(socket)).kind).toBe('podman');
    const engine = await connectPodman({ env: { CONTAINER_HOST: `unix://${socket}` }, platform: 'linux' });
    expect(engine.kind).toBe('podman');
  });

  test('that is Docker is not Podman', async () => {
    const socket = await listen(fakeEngine().listener);
    const failing = connectPodman({ env: { CONTAINER_HOST: `unix://${socket}` }, platform: 'linux' });
    const message = `unix://${socket}: what answers there is not the engine asked for (Docker).`;
    expect(await complaintOf(failing)).toEqual({ code: 'not-an-engine', message });
  });

  test('is looked for at every usual place', async () => {
    const folder = testFolder();
    const socket = await listen(fakeEngine().listener);
    expect((await usual('docker', join(folder, 'none'), socket)).address).toBe(`unix://${socket}`);
    // A socket that somebody has left behind, and one that is none.
    expect((await usual('docker', '/dev/null', socket)).address).toBe(`unix://${socket}`);
  });

  test('that is nowhere', async () => {
    const folder = testFolder();
    expect(await complaintOf(usual('docker', `${folder}/a`, `${folder}/b`))).toEqual({
      code: 'no-engine',
      message: `No docker answers: nothing listens at unix://${folder}/a, unix://${folder}/b. Start it (systemctl start docker, or open Docker Desktop), or say where it is with DOCKER_HOST.`,
    });
    const { message } = await complaintOf(usual('podman', `${folder}/a`));
    expect(message).toMatch('Start it (systemctl --user enable --now podman.socket), or say where it is with CONT');
    expect(await complaintOf(docker(`${folder}/a`))).toEqual({
      code: 'engine-unreachable',
      message: `unix://${folder}/a: no engine answers there (connect ENOENT ${folder}/a). Is it running, and is DOCKER_HOST right?`,
    });
  });
});

describe('permission', () => {
  /** Modes do not keep the superuser out. */
  async function asNobody<T>(work: () => Promise<T>): Promise<T> {
    if (process.geteuid?.() !== 0) return await work();
    process.seteuid?.(65_534);
    try {
      return await work();
    } finally {
      process.seteuid?.(0);
    }
  }

  test('is missing', async () => {
    const socket = await listen(fakeEngine().listener);
    chmodSync(socket, 0);
    chmodSync(join(socket, '..'), 0o755);
    const denied = await asNobody(() => complaintOf(usual('docker', socket)));
    expect(denied).toEqual({
      code: 'engine-permission',
      message: `unix://${socket}: permission denied. Use sudo, or join its group (sudo usermod -aG docker "$USER", then log in again).`,
    });
    const podman = await asNobody(() => complaintOf(usual('podman', socket)));
    expect(podman.message).toMatch('Use sudo, or a service of your own (systemctl --user enable --now podman.socket).');
    // An engine of one's own is not denied.
    const own = await listen(fakeEngine().listener);
    chmodSync(join(own, '..'), 0o755);
    chmodSync(own, 0o777);
    expect((await asNobody(() => usual('docker', socket, own))).address).toBe(`unix://${own}`);
  });
});

describe('names', () => {
  const id = 'ab'.repeat(32);
  const known = fakeEngine({
    '/v1.51/images/app/json': (response) => response.end(image(['app:1', 'app:latest'])),
    '/v1.51/images/app%3Alatest/get': (response) => response.end('latest alone'),
    [`/v1.51/images/${id}/json`]: (response) => response.end(image([])),
    [`/v1.51/images/sha256%3A${id}/get`]: (response) => response.end('by ID'),
    '/v1.51/images/abab/json': (response) => response.end(image(['app:1'])),
    '/v1.51/images/ab/json': (response) => response.end(image(['ab:latest'])),
    '/v1.51/images/ab%3Alatest/get': (response) => response.end('not by ID'),
    '/v1.51/images/%5B%3A%3A1%5D%3A5000/a/b/json': (response) => response.end(image(['[::1]:5000/a/b:latest'])),
    '/v1.51/images/%5B%3A%3A1%5D%3A5000/a/b%3Alatest/get': (response) => response.end('from a registry'),
    [`/v1.51/images/app%40sha256%3A${id}/json`]: (response) => response.end(image(['app:1'])),
    [`/v1.51/images/app%40sha256%3A${id}/get`]: (response) => response.end('by digest'),
  });

  test.each([
    ['app', 'latest alone'],
    [id, 'by ID'],
    ['abab', 'by ID'],
    ['ab', 'not by ID'],
    ['[::1]:5000/a/b', 'from a registry'],
    [`app@sha256:${id}`, 'by digest'],
  ])('%s gives what is %s', async (name, bytes) => {
    const engine = await docker(await listen(known.listener));
    expect(await bytesOf(engine, name)).toBe(bytes);
  });

  test.each(['', '../../containers/json', 'a/../b', 'a?b', 'a#b', 'a b', 'UPPER', 'a//b', '/a', 'a\r\nX: y'])(
    '%j is asked of no engine',
    async (name) => {
      const fake = fakeEngine();
      const engine = await docker(await listen(fake.listener));
      expect(await engine.has(name)).toBe(false);
      expect((await complaintOf(engine.export(name, null))).code).toBe('no-engine-image');
      expect(fake.asked).toEqual(['/_ping']);
    },
  );

  test('an image that is not there', async () => {
    const socket = await listen(fakeEngine().listener);
    expect(await complaintOf((await docker(socket)).export('none:1', null))).toEqual({
      code: 'no-engine-image',
      message: `unix://${socket}: has no image none:1. See docker images, or fetch it: docker pull none:1`,
    });
  });
});

describe('a platform', () => {
  const wanted = { os: 'linux', architecture: 'arm', variant: 'v7' };

  test.each([
    ['1.51', '?platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22arm%22%2C%22variant%22%3A%22v7%22%7D'],
    ['1.48', '?platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22arm%22%2C%22variant%22%3A%22v7%22%7D'],
    ['2.0', '?platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22arm%22%2C%22variant%22%3A%22v7%22%7D'],
    ['1.47', ''],
    ['1.41', ''],
  ])('is chosen by an engine of version %s with "%s"', async (version, query) => {
    const fake = fakeEngine({
      '/_ping': (response) => response.writeHead(200, { 'api-version': version }).end(),
      [`/v${version}/images/app%3Adev/json`]: (response) => response.end(image(['app:dev'])),
      [`/v${version}/images/app%3Adev/get${query}`]: (response) => response.end('chosen'),
    });
    const engine = await docker(await listen(fake.listener));
    for await (const chunk of await engine.export('app:dev', wanted)) expect(chunk.toString()).toBe('chosen');
    expect(fake.asked.at(-1)).toBe(`/v${version}/images/app%3Adev/get${query}`);
  });
});

describe('what answers and is no engine', () => {
  test.each([
    ['a page', 200, {}, '<html>Hello</html>', 'HTTP status 200, <html>Hello</html>'],
    ['a refusal', 403, {}, '{"message":"not for you\\u001b[2J"}', String.raw`not for you\e[2J`],
    ['an odd version', 200, { 'api-version': '1.51/../../x' }, 'OK', 'HTTP status 200, OK'],
    ['a redirect', 301, { location: 'http://169.254.169.254/' }, '', 'HTTP status 301'],
    ['a page without end', 200, {}, 'x'.repeat(5_000_000), 'more than 4194304 bytes of answer'],
  ])('%s', async (_, status, headers, body, found) => {
    const fake = fakeEngine({ '/_ping': (response) => response.writeHead(status, headers).end(body) });
    const socket = await listen(fake.listener);
    expect(await complaintOf(docker(socket))).toEqual({
      code: 'not-an-engine',
      message: `unix://${socket}: what answers there is not the engine asked for (${found}).`,
    });
    expect(fake.asked).toEqual(['/_ping']);
  });

  /** Says something to everybody who comes. */
  async function speaker(words: string): Promise<string> {
    const path = join(testFolder(), 'engine.sock');
    const server = createNetServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(words);
    });
    await new Promise<void>((resolve) => {
      server.listen(path, resolve);
    });
    onTestFinished(() => void server.close());
    return path;
  }

  test.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'not-an-engine'],
    ['nothing', '', 'engine-unreachable'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(10_000)}`, 'not-an-engine'],
    ['half an answer', 'HTTP/1.1 200 OK\r\napi-version: 1.51\r\ncontent-length: 10\r\n\r\nhalf', 'engine-unreachable'],
  ])('%s', async (_, words, code) => {
    expect((await complaintOf(docker(await speaker(words)))).code).toBe(code);
  });
});

describe('an engine that is waited for in vain', () => {
  test('says nothing', async () => {
    const socket = await listen(() => undefined);
    expect(await complaintOf(docker(socket, { answer: 80 }))).toEqual({
      code: 'engine-timeout',
      message: `unix://${socket}: nothing came from the engine for 0.08 seconds; given up.`,
    });
  });

  test.each([
    ['/_ping', { answer: 200 }],
    ['/v1.51/images/app%3Adev/json', { answer: 200 }],
    ['/v1.51/images/app%3Adev/get', { more: 80 }],
  ])('begins to answer %s and stops', async (url, limits) => {
    const { listener } = fakeEngine({ [url]: (response) => response.writeHead(200).write('a') });
    const failing = docker(await listen(listener), limits).then((engine) => bytesOf(engine, 'app:dev'));
    expect((await complaintOf(failing)).code).toBe('engine-timeout');
  });

  test('never begins an export', async () => {
    const { listener } = fakeEngine({ '/v1.51/images/app%3Adev/get': () => undefined });
    const engine = await docker(await listen(listener), { begin: 80 });
    expect((await complaintOf(engine.export('app:dev', null))).code).toBe('engine-timeout');
  });

  test('a slow reader is not', async () => {
    const { listener } = fakeEngine({
      '/v1.51/images/app%3Adev/get': (response) => {
        response.write('first ');
        setTimeout(() => response.end('last'), 10);
      },
    });
    const engine = await docker(await listen(listener), { more: 500 });
    let text = '';
    for await (const chunk of await engine.export('app:dev', null)) {
      text += chunk.toString();
      await new Promise((resolve) => {
        setTimeout(resolve, 700);
      });
    }
    expect(text).toBe('first last');
  });
});

describe('an export', () => {
  const get = '/v1.51/images/app%3Adev/get';

  test('that the engine refuses', async () => {
    const said = 'no suitable export target found: app:dev does not provide the platform (linux/s390x)';
    const { listener } = fakeEngine({
      [get]: (response) => response.writeHead(404).end(JSON.stringify({ message: said })),
    });
    const socket = await listen(listener);
    expect(await complaintOf((await docker(socket)).export('app:dev', null))).toEqual({
      code: 'engine-refused',
      message: `unix://${socket}: the engine does not give app:dev: ${said}.`,
    });
  });

  test('that breaks off', async () => {
    const { listener } = fakeEngine({
      [get]: (response) => response.write('x'.repeat(1000), () => response.destroy()),
    });
    const socket = await listen(listener);
    expect(await complaintOf(docker(socket).then((engine) => bytesOf(engine, 'app:dev')))).toEqual({
      code: 'engine-broke-off',
      message: `unix://${socket}: the export of app:dev broke off after 1000 bytes (aborted). See the engine's log.`,
    });
  });

  test('behind which the engine reports a failure', async () => {
    const report = '{"errorDetail":{"message":"open /layer.tar: no space"},"error":"open /layer.tar: no space"}\r\n';
    const { listener } = fakeEngine({
      [get]: (response) => {
        response.write(Buffer.alloc(100_000));
        response.end(report);
      },
    });
    const failing = docker(await listen(listener)).then((engine) => bytesOf(engine, 'app:dev'));
    expect((await complaintOf(failing)).message).toMatch('does not give app:dev: open /layer.tar: no space.');
  });

  test('that holds such a report in a file is one', async () => {
    const archive = `{"errorDetail":{"message":"x"},"error":"x"}${'\0'.repeat(1024)}`;
    const { listener } = fakeEngine({ [get]: (response) => response.end(archive) });
    expect(await bytesOf(await docker(await listen(listener)), 'app:dev')).toBe(archive);
  });

  test('that is not wanted to the end is ended at the engine, too', async () => {
    let ended: () => void;
    const gone = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const { listener } = fakeEngine({
      [get]: (response) => {
        response.on('close', () => ended());
        response.write('x');
      },
    });
    const engine = await docker(await listen(listener));
    for await (const chunk of await engine.export('app:dev', null)) {
      expect(chunk.length).toBe(1);
      break;
    }
    await gone;
  });

  test('ends with the engine', async () => {
    const { listener } = fakeEngine({ [get]: (response) => response.write('x') });
    const engine = await docker(await listen(listener));
    const chunks = (await engine.export('app:dev', null))[Symbol.asyncIterator]();
    await chunks.next();
    engine.close();
    const complaint = await complaintOf(chunks.next());
    expect(complaint.code).toBe('engine-broke-off');
  });
});
