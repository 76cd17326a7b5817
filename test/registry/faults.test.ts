import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type ImageName, parseImageName } from '../../src/image/image-name.ts';
import { defaultLimits, type Limits } from '../../src/registry/limits.ts';
import { connectRegistry, type RegistryClient, type RegistryOptions } from '../../src/registry/registry-client.ts';
import { type Fault, type FaultProxy, type SeenRequest, startFaultProxy } from '../engines/registry/fault-proxy.ts';
import { type LoopbackServer, startLoopbackServer } from '../engines/registry/loopback-server.ts';
import {
  digestOf,
  layer,
  layerDescriptor,
  layerPath,
  manifest,
  manifestPath,
  manifestType,
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

interface Faulty {
  readonly client: RegistryClient;
  readonly proxy: FaultProxy;
  readonly host: string;
  /** Milliseconds. */
  readonly pauses: readonly number[];
}

const nobody: RegistryOptions = { env: { HOME: '/nonexistent' }, login: null, tlsCa: null, insecure: false };

function named(text: string): ImageName {
  const name = parseImageName(text);
  if (name === null) throw new Error(`${text} is no name`);
  return name;
}

/** A client behind a proxy with these faults. */
async function faulty(
  fault: (request: SeenRequest, nth: number) => Fault | null,
  { limits = {}, options = {} }: { limits?: Partial<Limits>; options?: Partial<RegistryOptions> } = {},
): Promise<Faulty> {
  const proxy = await startFaultProxy(upstream.host, fault);
  const { clock, pauses } = testClock();
  const pace = { clock, limits: { ...defaultLimits, ...limits } };
  const client = connectRegistry(named(`${proxy.host}/acme/app:1`), { ...nobody, ...options }, pace);
  onTestFinished(() => proxy.stop());
  onTestFinished(() => client.close());
  return { client, proxy, host: proxy.host, pauses };
}

/** A fault of each request for a path, or of the first so many. */
const on =
  (path: string, fault: Fault, times = Infinity) =>
  (request: SeenRequest, nth: number): Fault | null =>
    request.path === path && nth < times ? fault : null;

interface Pulled {
  readonly size: number;
  readonly digest: string;
  readonly error: unknown;
}

/** What a stream gives, and what it ends with. */
async function pull(client: RegistryClient): Promise<Pulled> {
  const chunks: Buffer[] = [];
  let error: unknown = null;
  try {
    for await (const chunk of client.remoteBlob(layerDescriptor).open()) chunks.push(chunk);
  } catch (thrown) {
    error = thrown;
  }
  const bytes = Buffer.concat(chunks);
  return { size: bytes.length, digest: digestOf(bytes), error };
}

/** By its digest: to compare a million bytes one by one takes a test runner seconds. */
const whole: Pulled = { size: layer.length, digest: layerDescriptor.digest, error: null };

const rangesOf = ({ seen }: FaultProxy): (string | undefined)[] =>
  seen.filter(({ path }) => path === layerPath).map(({ headers }) => headers.range);

describe('a registry without faults', () => {
  test('gives manifests, blobs and parts of blobs', async () => {
    const { client, pauses } = await faulty(() => null);
    const expected = { bytes: manifest, mediaType: manifestType, digest: digestOf(manifest) };
    expect(await client.manifest('1')).toEqual(expected);
    expect(await client.manifest(digestOf(manifest))).toEqual(expected);
    expect((await client.blob(layerDescriptor)).equals(layer)).toBe(true);
    const blob = client.remoteBlob(layerDescriptor);
    expect(blob).toMatchObject({ digest: layerDescriptor.digest, size: layer.length, annotations: { a: 'b' } });
    // Twice, for each call starts anew.
    for (let round = 0; round < 2; round++) expect(await pull(client)).toEqual(whole);
    expect(await blob.read(999_990, 10)).toEqual(layer.subarray(999_990));
    expect(await blob.read(5, 0)).toEqual(Buffer.alloc(0));
    expect(pauses).toEqual([]);
  });

  test('may be left in the middle of a blob', async () => {
    const { client } = await faulty(() => null);
    for await (const chunk of client.remoteBlob(layerDescriptor).open()) {
      expect(chunk.equals(layer.subarray(0, chunk.length))).toBe(true);
      break;
    }
    expect((await client.manifest('1')).bytes).toEqual(manifest);
  });
});

describe('a blob', () => {
  test('that breaks goes on where it broke', async () => {
    const { client, proxy, pauses } = await faulty(on(layerPath, { kind: 'dropped', after: 300_000 }, 3));
    expect(await pull(client)).toEqual(whole);
    const ranges = rangesOf(proxy);
    expect(ranges).toHaveLength(4);
    expect(ranges.slice(1).every((range) => /^bytes=\d+-$/.test(range ?? ''))).toBe(true);
    expect(pauses).toEqual([625, 1250, 2500]);
  });

  test('that breaks goes on also with a server that knows no ranges', async () => {
    const { client, proxy } = await faulty((request, nth) =>
      request.path !== layerPath ? null : nth === 0 ? { kind: 'dropped', after: 300_000 } : { kind: 'ranges-ignored' },
    );
    expect(await pull(client)).toEqual(whole);
    expect(rangesOf(proxy)).toHaveLength(2);
  });

  test('that breaks again and again is given up', async () => {
    const { client, proxy, host } = await faulty(on(layerPath, { kind: 'dropped', after: 10_000 }));
    const { error } = await pull(client);
    expect(error).toMatchObject({
      code: 'registry-unreachable',
      message: `${host}: cannot be reached (the connection was dropped).`,
    });
    expect(rangesOf(proxy)).toHaveLength(5);
  });

  test('that breaks often, but goes on, is not given up', async () => {
    const { client, proxy } = await faulty(on(layerPath, { kind: 'dropped', after: 100_000 }), {
      limits: { progress: 50_000 },
    });
    expect(await pull(client)).toEqual(whole);
    expect(rangesOf(proxy).length).toBeGreaterThan(8);
  });

  test('that stops goes on where it stopped', async () => {
    const { client, proxy } = await faulty(on(layerPath, { kind: 'stalled', after: 300_000 }, 1), {
      limits: { idle: 300 },
    });
    expect(await pull(client)).toEqual(whole);
    expect(rangesOf(proxy)).toHaveLength(2);
  });

  test('that comes slowly comes', async () => {
    const { client } = await faulty(on(layerPath, { kind: 'slow', milliseconds: 5 }));
    expect(await pull(client)).toEqual(whole);
  });

  test('with a byte that is wrong is refused, and its last bytes are kept back', async () => {
    const alter = (body: Buffer): Buffer => Buffer.concat([Buffer.from([(body[0] ?? 0) ^ 1]), body.subarray(1)]);
    const { client, proxy, host } = await faulty(on(layerPath, { kind: 'altered', alter }));
    const { size, error } = await pull(client);
    expect(error).toMatchObject({
      code: 'wrong-digest',
      message: expect.stringContaining(`${host}/acme/app@${layerDescriptor.digest}: content does not match its digest`),
    });
    expect(size).toBeLessThan(layer.length);
    expect(rangesOf(proxy)).toHaveLength(1);
    await expect(client.blob(layerDescriptor)).rejects.toMatchObject({ code: 'wrong-digest' });
  });

  test.each<[string, Fault]>([
    ['shorter', { kind: 'altered', alter: (body) => body.subarray(1) }],
    ['longer', { kind: 'altered', alter: (body) => Buffer.concat([body, Buffer.from('x')]) }],
    ['endless', { kind: 'endless' }],
  ])('that is %s is refused', async (_, fault) => {
    const { client, proxy } = await faulty(on(layerPath, fault));
    const { size, error } = await pull(client);
    expect(error).toMatchObject({ code: 'wrong-size' });
    expect(size).toBeLessThan(layer.length);
    // What the sockets on both sides hold, not more.
    expect(proxy.sent()).toBeLessThan(layer.length + 20_000_000);
  });

  test('that ends early without a word goes on where it ended', async () => {
    const headers = { connection: 'close' };
    const { client, proxy } = await faulty((request, nth) =>
      request.path === layerPath && nth === 0
        ? { kind: 'status', status: 200, headers, body: layer.subarray(0, 1000) }
        : null,
    );
    expect(await pull(client)).toEqual(whole);
    expect(rangesOf(proxy)).toEqual([undefined, 'bytes=1000-']);
  });

  test('that has nothing more where it should go on is refused', async () => {
    const { client } = await faulty((request, nth) =>
      request.path !== layerPath
        ? null
        : nth === 0
          ? { kind: 'altered', alter: (body) => body.subarray(0, 1000) }
          : { kind: 'status', status: 416 },
    );
    expect((await pull(client)).error).toMatchObject({
      code: 'wrong-size',
      message: expect.stringContaining(`has 1000 bytes where its descriptor says ${layer.length}`),
    });
  });

  test('that goes on with other bytes than asked for is refused', async () => {
    const headers = { 'content-range': 'bytes 7-999999/1000000' };
    const { client } = await faulty((request, nth) =>
      request.path !== layerPath
        ? null
        : nth === 0
          ? { kind: 'dropped', after: 300_000 }
          : { kind: 'status', status: 206, headers, body: 'x' },
    );
    expect((await pull(client)).error).toMatchObject({ code: 'registry-malformed' });
  });

  test('that is larger than a configuration can be is not fetched as one', async () => {
    const { client, proxy } = await faulty(() => null);
    await expect(client.blob({ ...layerDescriptor, size: 17 * 1024 * 1024 })).rejects.toMatchObject({
      code: 'metadata-too-large',
    });
    expect(proxy.seen).toEqual([]);
  });
});

describe('a part of a blob', () => {
  const read = async (fault: Fault, times = Infinity): Promise<Buffer> =>
    await (await faulty(on(layerPath, fault, times))).client.remoteBlob(layerDescriptor).read(100, 50);

  test('is asked for again', async () => {
    expect(await read({ kind: 'dropped', after: 10 }, 1)).toEqual(layer.subarray(100, 150));
    expect(await read({ kind: 'status', status: 503 }, 2)).toEqual(layer.subarray(100, 150));
  });

  test('that a server does not give is told from others', async () => {
    await expect(read({ kind: 'ranges-ignored' })).rejects.toMatchObject({ code: 'no-ranges' });
  });

  test.each<[string, Fault]>([
    ['too short', { kind: 'altered', alter: (body) => body.subarray(1) }],
    ['too long', { kind: 'altered', alter: (body) => Buffer.concat([body, body]) }],
    [
      'of another place',
      { kind: 'status', status: 206, headers: { 'content-range': 'bytes 0-49/1000000' }, body: 'x'.repeat(50) },
    ],
    ['that is not said where it is', { kind: 'status', status: 206, body: 'x'.repeat(50) }],
    ['beyond the end', { kind: 'status', status: 416 }],
  ])('%s is refused', async (_, fault) => {
    await expect(read(fault)).rejects.toMatchObject({ code: 'registry-malformed' });
  });
});

describe('a manifest', () => {
  const fetch = async (fault: Fault, reference = '1', times = Infinity): Promise<unknown> =>
    await (
      await faulty(on(`/v2/acme/app/manifests/${reference}`, fault, times))
    ).client
      .manifest(reference)
      .catch((error: unknown) => error);

  test.each([['1'], [digestOf(manifest)]])('by %s that is altered is refused', async (reference) => {
    const alter = (body: Buffer): Buffer => Buffer.concat([body, Buffer.from(' ')]);
    expect(await fetch({ kind: 'altered', alter }, reference)).toMatchObject({ code: 'wrong-digest' });
  });

  test('of another digest than its registry says is refused, whatever that says', async () => {
    const headers = { 'docker-content-digest': digestOf(manifest) };
    const other: Fault = {
      kind: 'status',
      status: 200,
      headers: { 'docker-content-digest': digestOf(layer) },
      body: 'x',
    };
    expect(await fetch(other, digestOf(layer))).toMatchObject({ code: 'wrong-digest' });
    expect(await fetch({ kind: 'status', status: 200, headers, body: '{}' })).toMatchObject({ code: 'wrong-digest' });
  });

  test('without a digest has its own', async () => {
    const expected = { bytes: Buffer.from('{}'), mediaType: null, digest: digestOf(Buffer.from('{}')) };
    expect(await fetch({ kind: 'status', status: 200, body: '{}' })).toEqual(expected);
  });

  test.each<[string, Fault]>([
    ['of 100 MB', { kind: 'altered', alter: () => Buffer.alloc(100_000_000, ' ') }],
    ['without an end', { kind: 'endless' }],
  ])('%s is refused before it is there', async (_, fault) => {
    const { client, proxy } = await faulty(on(manifestPath, fault));
    await expect(client.manifest('1')).rejects.toMatchObject({ code: 'metadata-too-large' });
    await client.close();
    // What the sockets on both sides hold, and not what there would be.
    expect(proxy.sent()).toBeLessThan(40_000_000);
  });

  test('of the oldest form is refused', async () => {
    const headers = { 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' };
    expect(await fetch({ kind: 'status', status: 200, headers, body: '{}' })).toMatchObject({
      code: 'unsupported-manifest',
    });
  });
});

describe('a status', () => {
  const body = '{"errors":[{"code":"X","message":"why \\u001b[31m"}]}';

  test.each([
    [404, 'image-not-found'],
    [403, 'access-denied'],
    [405, 'registry-failed'],
    [401, 'registry-malformed'],
  ])('%s is final', async (status, code) => {
    const { client, proxy, pauses } = await faulty(on(manifestPath, { kind: 'status', status, body }));
    await expect(client.manifest('1')).rejects.toMatchObject({ code, message: expect.not.stringContaining('\u001b') });
    expect(pauses).toEqual([]);
    expect(proxy.seen.filter(({ path }) => path === manifestPath)).toHaveLength(1);
  });

  test.each([408, 429, 500, 502, 503, 504])('%s passes', async (status) => {
    const { client, pauses } = await faulty(on(manifestPath, { kind: 'status', status, body }, 2));
    expect((await client.manifest('1')).bytes).toEqual(manifest);
    expect(pauses).toEqual([625, 1250]);
  });

  test('says how long to wait', async () => {
    const headers = { 'retry-after': '7' };
    const { client, pauses } = await faulty(on(manifestPath, { kind: 'status', status: 429, headers }, 1));
    await client.manifest('1');
    expect(pauses).toEqual([7000]);
  });

  test('that does not pass is told', async () => {
    const { client, host } = await faulty(on(manifestPath, { kind: 'status', status: 503, body }));
    await expect(client.manifest('1')).rejects.toMatchObject({
      code: 'registry-failed',
      message: `${host}/acme/app:1: ${host} answers with status 503 (X: why \\e[31m). Try again later.`,
    });
  });

  test('429 that asks to wait for an hour is told at once', async () => {
    const headers = { 'retry-after': '3600' };
    const { client, pauses } = await faulty(on(manifestPath, { kind: 'status', status: 429, headers }));
    await expect(client.manifest('1')).rejects.toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('Try again in 3600 seconds'),
    });
    expect(pauses).toEqual([]);
  });
});

describe('a registry', () => {
  test('that never answers is given up', async () => {
    const { client, host } = await faulty(() => ({ kind: 'silent' }), { limits: { answer: 100, connect: 100 } });
    await expect(client.manifest('1')).rejects.toMatchObject({
      code: 'registry-timeout',
      message: `${host}: no answer within 0.1 seconds; given up. Try again later.`,
    });
  });

  test('that is not there is given up at once', async () => {
    const gone = await startLoopbackServer(() => undefined);
    await gone.stop();
    const client = connectRegistry(named(`${gone.host}/acme/app:1`), nobody);
    await expect(client.manifest('1')).rejects.toMatchObject({
      code: 'registry-unreachable',
      message: `${gone.host}: cannot be reached (connection refused).`,
    });
    await client.close();
  });

  test('that is closed meanwhile fails at once', async () => {
    const { client } = await faulty(on(manifestPath, { kind: 'silent' }));
    const asked = client.manifest('1').catch((error: unknown) => error);
    await client.close();
    expect(await asked).toMatchObject({ code: 'registry-unreachable' });
  });
});
