import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LayerscopeError } from '../../src/errors.ts';
import { systemClock } from '../../src/registry/clock.ts';
import { Connections } from '../../src/registry/connections.ts';
import type { HttpAnswer, HttpRequest } from '../../src/registry/http-message.ts';
import { defaultLimits, type Limits } from '../../src/registry/limits.ts';
import { PassingFailure } from '../../src/registry/passing-failure.ts';

interface RawServer {
  readonly host: string;
  /** The connections so far. */
  readonly sockets: readonly Socket[];
}

/** Answers with these very bytes. @param serve is told of each piece that comes, and which it is of its connection's */
async function raw(serve: (socket: Socket, nth: number, connection: number) => unknown): Promise<RawServer> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const connection = sockets.push(socket) - 1;
    let count = 0;
    // A client that goes away is no matter of the test's.
    socket.on('error', () => undefined);
    socket.on('data', () => void serve(socket, count++, connection));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

/** Answers everything with the same. */
const saying = (text: string): Promise<RawServer> => raw((socket) => socket.end(text));

function connections(limits: Partial<Limits> = {}, env: Record<string, string> = {}): Connections {
  const pace = { clock: systemClock, limits: { ...defaultLimits, ...limits } };
  const made = new Connections(env, { rejectUnauthorized: true }, pace);
  onTestFinished(() => made.close());
  return made;
}

const get = (host: string, scheme = 'http'): HttpRequest => ({
  method: 'GET',
  url: new URL(`${scheme}://${host}/v2/`),
  headers: {},
});

async function text({ body }: HttpAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The code of the error, and whether it is tried again. */
async function failure(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.then(
    () => 'none',
    (thrown: unknown) => thrown,
  );
  if (error instanceof PassingFailure) return `again: ${error.outcome.message}`;
  return error instanceof LayerscopeError ? `${error.code}: ${error.message}` : String(error);
}

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

describe('a connection', () => {
  test('is used again', async () => {
    const { host, sockets } = await raw((socket) => socket.write(ok));
    const client = connections();
    for (let round = 0; round < 3; round++) expect(await text(await client.send(get(host)))).toBe('ok');
    expect(sockets).toHaveLength(1);
  });

  /** Takes another request on a connection, and ends that in this way. */
  const fickle = (end: (socket: Socket) => unknown): Promise<RawServer> =>
    raw((socket, nth) => (nth === 0 ? socket.write(ok) : end(socket)));

  test.each<[string, (socket: Socket) => unknown]>([
    ['ended', (socket) => socket.end()],
    ['reset', (socket) => socket.resetAndDestroy()],
  ])('that was kept and is %s by the other side is made anew at once', async (_, end) => {
    const { host, sockets } = await fickle(end);
    const client = connections();
    for (let round = 0; round < 3; round++) expect(await text(await client.send(get(host)))).toBe('ok');
    expect(sockets).toHaveLength(3);
  });

  test('that was kept does not carry a form twice', async () => {
    const { host, sockets } = await fickle((socket) => socket.resetAndDestroy());
    const client = connections();
    await text(await client.send(get(host)));
    const form: HttpRequest = { ...get(host), method: 'POST', body: 'grant_type=refresh_token' };
    expect(await failure(client.send(form))).toBe(`again: ${host}: cannot be reached (the connection was dropped).`);
    expect(sockets).toHaveLength(1);
  });

  test('that is new and is closed by the other side has failed', async () => {
    const { host, sockets } = await raw((socket) => socket.resetAndDestroy());
    expect(await failure(connections().send(get(host)))).toMatch(/^again: .*the connection was dropped/);
    expect(sockets).toHaveLength(1);
  });

  test('whose answer is given up is not used again', async () => {
    const { host, sockets } = await raw((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nbegun'));
    const client = connections();
    const { status, discard } = await client.send(get(host));
    expect(status).toBe(200);
    discard();
    await client.send(get(host));
    expect(sockets).toHaveLength(2);
  });
});

test('a request that cannot be written is not tried again', async () => {
  const { host, sockets } = await saying(ok);
  const request = { ...get(host), headers: { authorization: 'a\nb' } };
  expect(await failure(connections().send(request))).toMatch(/^registry-unreachable: /);
  expect(sockets).toEqual([]);
});

describe('an answer', () => {
  test('has each value of a header, in UTF-8, and nothing of the names that objects have', async () => {
    const lines = [
      'Www-Authenticate: Basic',
      'location: /ä',
      'constructor: a',
      '__proto__: b',
      'WWW-authenticate: Bearer',
    ];
    const { host } = await saying(`HTTP/1.1 401 No\r\n${lines.join('\r\n')}\r\ncontent-length: 0\r\n\r\n`);
    const { status, header, headers } = await connections().send(get(host));
    expect(status).toBe(401);
    expect(headers('www-authenticate')).toEqual(['Basic', 'Bearer']);
    expect(header('www-authenticate')).toBe('Basic, Bearer');
    expect(header('location')).toBe('/ä');
    expect(header('retry-after')).toBeNull();
    expect(headers('retry-after')).toEqual([]);
  });

  test('is neither unpacked nor followed', async () => {
    const { host, sockets } = await saying(
      'HTTP/1.1 302 Found\r\nlocation: /other\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc',
    );
    const answer = await connections().send(get(host));
    expect(answer.status).toBe(302);
    expect(await text(answer)).toBe('abc');
    expect(sockets).toHaveLength(1);
  });

  test.each([
    ['is none', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['has headers without an end', `HTTP/1.1 200 OK\r\n${'x: yyyyyyyy\r\n'.repeat(100_000)}`],
    ['has a header that is too long', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1_000_000)}\r\n\r\n`],
    ['has two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nok'],
    ['has a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ])('that %s is refused', async (_, answer) => {
    const { host } = await saying(answer);
    expect(await failure(connections().send(get(host)))).toMatch(/^registry-malformed: /);
  });

  test.each([
    ['chunks that are none', '2\r\nok\r\nxyz\r\n', /^registry-malformed: /],
    ['trailers without an end', `0\r\n${'x: yyyyyyyy\r\n'.repeat(100_000)}`, /^registry-malformed: /],
    ['chunks without an end', '2\r\nok\r\n', /^again: .*the connection was dropped/],
  ])('with %s breaks off', async (_, chunks, expected) => {
    const { host } = await saying(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks}`);
    expect(await failure(connections().send(get(host)).then(text))).toMatch(expected);
  });

  test('that is shorter than it says breaks off, also while nobody reads it', async () => {
    const { host, sockets } = await saying('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok');
    const answer = await connections().send(get(host));
    while (sockets[0]?.destroyed === false) await sleep(1);
    await sleep(10);
    expect(await failure(text(answer))).toMatch(/^again: .*the connection was dropped/);
  });

  test('does not begin with its forerunners', async () => {
    const { host } = await raw(async (socket) => {
      while (!socket.destroyed) {
        socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
        await sleep(1);
      }
    });
    expect(await failure(connections({ answer: 100 }).send(get(host)))).toMatch(
      /^again: .*no answer within 0.1 seconds/,
    );
  });

  test('that stops breaks off', async () => {
    const { host } = await raw((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok'));
    const asked = connections({ idle: 50 }).send(get(host));
    expect(await failure(asked.then(text))).toMatch(/^again: .*nothing more came for 0.05 seconds/);
  });

  test('that its reader leaves lying does not', async () => {
    const { host } = await raw(async (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nok');
      await sleep(20);
      socket.write('ok');
    });
    const { body } = await connections({ idle: 100 }).send(get(host));
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      await sleep(250);
    }
    expect(size).toBe(4);
  });
});

describe('a server that says nothing', () => {
  const silent = (): Promise<RawServer> => raw(() => undefined);

  test('has no connection over TLS', async () => {
    const { host } = await silent();
    expect(await failure(connections({ connect: 50 }).send(get(host, 'https')))).toMatch(
      /^again: .*no connection within 0.05 seconds/,
    );
  });

  test('gives no answer, the way to it included', async () => {
    const { host } = await silent();
    expect(await failure(connections({ answer: 50 }).send(get(host, 'https')))).toMatch(
      /^again: .*no answer within 0.05 seconds/,
    );
  });

  test('is not asked again on a connection that was kept', async () => {
    let asked = 0;
    const { host } = await raw((socket) => (asked++ === 0 ? socket.write(ok) : null));
    const client = connections({ answer: 50 });
    await text(await client.send(get(host)));
    expect(await failure(client.send(get(host)))).toMatch(/^again: .*no answer within 0.05 seconds/);
    await sleep(20);
    expect(asked).toBe(2);
  });

  test.each([
    ['before its answer', 'http', null],
    ['before TLS', 'https', null],
    ['as a proxy', 'https', 'registry.test'],
  ])('is left at once %s when the connections are closed', async (_, scheme, far) => {
    const { host, sockets } = await silent();
    const client = connections({}, { HTTPS_PROXY: `http://${host}` });
    const asked = failure(client.send(get(far ?? host, scheme)));
    while ((sockets[0]?.bytesRead ?? 0) === 0) await sleep(1);
    client.close();
    expect(await asked).toMatch(/^registry-unreachable: /);
    while (sockets[0]?.destroyed === false) await sleep(1);
    expect(await failure(client.send(get(host)))).toMatch(/^registry-unreachable: /);
    expect(sockets).toHaveLength(1);
  });

  test('in the middle of its answer is left at once when the connections are closed', async () => {
    const { host, sockets } = await raw((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok'));
    const client = connections();
    const read = failure(client.send(get(host)).then(text));
    while ((sockets[0]?.bytesWritten ?? 0) === 0) await sleep(1);
    client.close();
    expect(await read).toMatch(/cannot be reached/);
  });
});
