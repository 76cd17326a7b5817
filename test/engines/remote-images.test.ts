import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { type FakeOptions, type Outcome, runFake } from '../commands/fake-host.ts';
import { writeEstargz } from '../layer/toc/write-estargz.ts';
import { schema } from '../report/schema.ts';
import { sharedImage } from '../shared-images.ts';
import {
  archiveOf,
  type ImageFiles,
  type ImageToWrite,
  json,
  manifestType,
  named,
  ociFiles,
  putBlob,
  putImage,
  putIndex,
  sha256,
  writeLayout,
} from '../sources/written-image.ts';
import { file } from '../write-layer.ts';
import { writeTar } from './corpus/tar-header.ts';
import { PODMAN, startPodmanService } from './engine-api/podman-service.ts';
import { BASE, type Engines, startEngines } from './engines.ts';
import { type Fault, type FaultProxy, type SeenRequest, startFaultProxy } from './registry/fault-proxy.ts';
import { pushImage } from './registry/push-image.ts';
import { type Registry, startRegistry } from './registry/start-registry.ts';
import { enginesRequired, missingEngines } from './requirements.ts';

const missing = missingEngines();
if (missing.length > 0) process.stderr.write(`Skipped: images elsewhere; this machine lacks ${missing.join(', ')}\n`);

it.runIf(enginesRequired())('every engine and registry is installed', () => {
  expect(missing).toEqual([]);
});

const valid = schema('report.v1.json');
const gzipType = 'application/vnd.oci.image.layer.v1.tar+gzip';

function compressed(tar: Buffer): ImageToWrite['layers'][number] {
  return { tar, blob: gzipSync(tar), mediaType: gzipType };
}

const lower = writeTar([
  { name: 'etc/', type: '5' },
  { name: 'etc/passwd', content: 'root:x:0:0\n' },
  { name: 'etc/key.pem', content: '-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----\n' },
  { name: 'big', content: Buffer.alloc(300_000, 'big') },
  { name: 'twin', content: Buffer.alloc(300_000, 'big') },
]);
const upper = writeTar([
  { name: 'etc/.wh.passwd' },
  { name: 'big', mode: 0o600, content: Buffer.alloc(300_000, 'big') },
]);
const image: ImageToWrite = { layers: [compressed(lower), compressed(upper)], names: ['1'] };

/** What a report says of the image itself, not of where it came from and how it is stored there. */
function essence({ image: { reference, source, names, platforms, ...rest }, layers, ...report }: Report): object {
  void [reference, source, names, platforms];
  const { compressedBytes, manifestDigest, mediaType, ...same } = rest;
  void [compressedBytes, manifestDigest, mediaType];
  return {
    ...report,
    image: same,
    layers: layers.map(({ digest, mediaType: type, compression, compressedBytes: bytes, ...layer }) => {
      void [digest, type, compression, bytes];
      return layer;
    }),
  };
}

describe.skipIf(missing.length > 0)('images elsewhere', () => {
  let engines: Engines;
  let registry: Registry;
  let scratch: string;
  const proxies: FaultProxy[] = [];

  beforeAll(async () => {
    engines = await startEngines();
    ({ scratch } = engines);
    registry = await startRegistry(join(scratch, 'registry'));
    await push(ociFiles(image), 'acme/app:1');
  });
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    await registry?.stop();
    await engines?.stop();
  });

  async function push(files: ImageFiles, name: string, options: readonly string[] = []): Promise<string> {
    const layout = writeLayout(join(scratch, `layout-${sha256(Buffer.from(name)).slice(0, 8)}`), files);
    await pushImage(registry, `oci:${layout}:1`, name, scratch, options);
    return layout;
  }

  /** A registry that keeps count, and in which things go wrong. */
  async function proxied(fault: (request: SeenRequest, nth: number) => Fault | null = () => null): Promise<FaultProxy> {
    const proxy = await startFaultProxy(registry.host, fault);
    proxies.push(proxy);
    return proxy;
  }

  /** Each `home` has an index cache of its own. */
  function run(args: readonly string[], home = 'fresh', options: FakeOptions = {}): Promise<Outcome> {
    const dir = join(scratch, 'homes', home);
    if (home === 'fresh') rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    const env = { HOME: dir, XDG_CACHE_HOME: join(dir, 'cache'), DOCKER_HOST: engines.docker.host, ...options.env };
    return runFake(args, { ...options, env });
  }

  async function analyze(args: readonly string[], home?: string, options?: FakeOptions): Promise<Report> {
    const { status, stdout, stderr } = await run(['analyze', '--json', ...args], home, options);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    valid(report);
    return report;
  }

  const blobsAsked = ({ seen }: FaultProxy): string[] =>
    seen.filter(({ path }) => path.includes('/blobs/')).map(({ path }) => path.slice(path.indexOf('sha256:')));

  describe('one image, wherever it is', () => {
    it('has the same report from a registry and from its archive', async () => {
      const file = join(scratch, 'app.tar');
      writeFileSync(file, archiveOf(ociFiles(image)));
      const [there, here] = [await analyze([`registry:${registry.host}/acme/app:1`]), await analyze([file])];
      expect(essence(there)).toEqual(essence(here));
      expect(there.image).toMatchObject({
        reference: `registry:${registry.host}/acme/app:1`,
        source: 'registry',
        names: [`${registry.host}/acme/app:1`],
        platforms: [{ os: 'linux', architecture: 'amd64', variant: null }],
        compressedBytes: here.image.compressedBytes,
      });
      expect(there.waste.byCause).toEqual({ overwritten: 0, deleted: 11, metadataOnly: 300_000, identical: 0 });
      expect(there.findings.map(({ rule }) => rule)).toContain('secret-file');
    });

    it('has the same report from an engine, its archive and a registry it was pushed to', async () => {
      const context = join(scratch, 'context');
      mkdirSync(context, { recursive: true });
      writeFileSync(join(context, 'file'), Buffer.alloc(50_000, 'x'));
      writeFileSync(
        join(context, 'Dockerfile'),
        `FROM ${BASE}\nCOPY file /one\nRUN cp /one /two && chmod 600 /one\nRUN rm /two\nCMD ["/bin/sh"]\n`,
      );
      const tag = 'acme/built:dev';
      await engines.docker.build({ context, tag, builder: 'buildkit' });
      const archive = join(scratch, 'built.tar');
      await engines.docker.save(tag, archive);
      await pushImage(registry, `docker-archive:${archive}`, tag, scratch);
      const dockerfile = ['-d', join(context, 'Dockerfile')];
      const engine = await analyze([`docker:${tag}`, ...dockerfile]);
      const file = await analyze([archive, ...dockerfile]);
      const pulled = await analyze([`registry:${registry.host}/${tag}`, ...dockerfile]);
      const bare = await analyze([tag, ...dockerfile]);
      expect(engine.image).toMatchObject({ source: 'docker', reference: `docker:${tag}`, names: [tag] });
      expect(bare.image).toMatchObject({ source: 'docker', reference: tag });
      expect(essence(engine)).toEqual(essence(file));
      expect(essence(pulled)).toEqual(essence(file));
      expect(essence(bare)).toEqual(essence(file));
      expect(file.layers.at(-1)?.instruction).toMatchObject({ startLine: 4, confidence: 'exact' });
    });

    it.skipIf(!existsSync(PODMAN) && !enginesRequired())('has the same report from Podman', async () => {
      const service = await startPodmanService(join(scratch, 'podman'));
      try {
        const archive = join(scratch, 'built.tar');
        await service.podman(['load', '--quiet', '--input', archive]);
        const env = { CONTAINER_HOST: `unix://${service.path}`, DOCKER_HOST: 'unix:///nosuch.sock' };
        const podman = await analyze(['podman:acme/built:dev'], 'fresh', { env });
        expect(podman.image.source).toBe('podman');
        expect(essence(podman)).toEqual(essence(await analyze([archive])));
        const bare = await analyze(['acme/built:dev'], 'fresh', { env });
        expect(bare.image).toMatchObject({ source: 'podman', reference: 'acme/built:dev' });
      } finally {
        await service.stop();
      }
    });

    it('is looked for in the engine first, and in a registry then', async () => {
      const { image: found } = await analyze([`${registry.host}/acme/app:1`]);
      expect(found).toMatchObject({ source: 'registry', reference: `${registry.host}/acme/app:1` });
      const { status, stderr } = await run(['analyze', `${registry.host}/acme/none:1`]);
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /none:1: not found\. There is no such file\. docker does not have it\. No podman answers\./,
      );
      expect(stderr).toContain(`${registry.host}/acme/none:1: not found on ${registry.host}`);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    });

    it('has files, in the engine and in the registry', async () => {
      const content = Buffer.alloc(300_000, 'big');
      expect((await run(['cat', `registry:${registry.host}/acme/app:1`, '/big'])).bytes).toEqual(content);
      const out = join(scratch, 'out');
      expect(await run(['extract', 'docker:acme/built:dev', '/one', '-o', out])).toMatchObject({
        status: 0,
        stderr: '',
      });
      expect(existsSync(join(out, 'one'))).toBe(true);
    });
  });

  describe('the index cache', () => {
    it('makes a second analysis fetch no layer, and give the same report', async () => {
      const proxy = await proxied();
      const first = await analyze([`registry:${proxy.host}/acme/app:1`], 'cached');
      const asked = blobsAsked(proxy).length;
      expect(asked).toBe(3);
      const second = await analyze([`registry:${proxy.host}/acme/app:1`], 'cached');
      expect(blobsAsked(proxy).slice(asked)).toEqual([first.image.configDigest]);
      expect(second).toEqual(first);
      const without = await analyze(['--no-index-cache', `registry:${proxy.host}/acme/app:1`], 'cached');
      expect(without).toEqual(first);
      expect(blobsAsked(proxy)).toHaveLength(asked + 1 + 3);
    });

    it('serves images that share layers', async () => {
      const third = compressed(writeTar([{ name: 'new', content: 'new' }]));
      await push(ociFiles({ ...image, layers: [...image.layers, third] }), 'acme/app:2');
      const proxy = await proxied();
      await analyze([`registry:${proxy.host}/acme/app:1`], 'shared');
      const asked = blobsAsked(proxy).length;
      const { image: found, layers } = await analyze([`registry:${proxy.host}/acme/app:2`], 'shared');
      expect(new Set(blobsAsked(proxy).slice(asked))).toEqual(new Set([found.configDigest, layers[2]?.digest]));
      expect(blobsAsked(proxy)).toHaveLength(asked + 2);
      expect(layers[2]).toMatchObject({ sizeBytes: 3, added: { files: 1, bytes: 3 } });
    });

    it('is rebuilt where it is damaged', async () => {
      const first = await analyze([`registry:${registry.host}/acme/app:1`], 'damaged');
      const cache = (await run(['cache-dir'], 'damaged')).stdout.trim();
      const files = readdirSync(cache).filter((name) => name.endsWith('.index'));
      expect(files).toHaveLength(2);
      for (const file of files) truncateSync(join(cache, file), 100);
      expect(await analyze([`registry:${registry.host}/acme/app:1`], 'damaged')).toEqual(first);
      const proxy = await proxied();
      await analyze([`registry:${proxy.host}/acme/app:1`], 'damaged');
      expect(blobsAsked(proxy)).toEqual([first.image.configDigest]);
    });

    it('does not stand in for --verify', async () => {
      const proxy = await proxied();
      await analyze([`registry:${proxy.host}/acme/app:1`], 'verified');
      await analyze(['--verify', `registry:${proxy.host}/acme/app:1`], 'verified');
      expect(blobsAsked(proxy)).toHaveLength(6);
    });

    it('asks for a layer once that an image has twice', async () => {
      await push(
        ociFiles({
          ...image,
          layers: [image.layers[0], image.layers[1], image.layers[0]].map((one) => one ?? image.layers[0]!),
        }),
        'acme/twice:1',
      );
      const proxy = await proxied();
      const { layers, waste } = await analyze([`registry:${proxy.host}/acme/twice:1`]);
      expect(blobsAsked(proxy)).toHaveLength(3);
      expect(layers.map(({ sizeBytes }) => sizeBytes)).toEqual([layers[0]?.sizeBytes, 300_000, layers[0]?.sizeBytes]);
      expect(waste.bytes).toBeGreaterThan(600_000);
    });
  });

  describe('--metadata-only', () => {
    it('fetches no layer, and says what is known', async () => {
      const proxy = await proxied();
      const report = await analyze(['--metadata-only', `registry:${proxy.host}/acme/app:1`]);
      expect(blobsAsked(proxy)).toEqual([report.image.configDigest]);
      const stored = image.layers.map(({ blob }) => blob?.length ?? 0);
      expect(report).toMatchObject({
        image: { sizeBytes: null, compressedBytes: stored.reduce((sum, size) => sum + size, 0), fileCount: null },
        waste: null,
        duplicates: null,
        compat: { dive: null },
      });
      expect(report.layers.map(({ compressedBytes }) => compressedBytes)).toEqual(stored);
      expect(report.layers.map(({ history }) => history?.createdBy)).toEqual([
        'RUN step 0 # buildkit',
        'RUN step 1 # buildkit',
      ]);
      const steps = JSON.parse(
        (await run(['history', '--json', '--metadata-only', `registry:${proxy.host}/acme/app:1`])).stdout,
      ) as { steps: object[] };
      expect(steps.steps).toMatchObject([
        { layer: 0, sizeBytes: null, text: 'step 0' },
        { layer: 1, sizeBytes: null, text: 'step 1' },
      ]);
      expect(blobsAsked(proxy)).toHaveLength(2);
      const { stdout } = await run(['analyze', '--metadata-only', `registry:${proxy.host}/acme/app:1`]);
      expect(stdout).toContain('compressed in 2 layers');
      expect(stdout).toContain('RUN step 1');
      expect(stdout).toContain('the layers were not read');
    });
  });

  describe('several platforms', () => {
    beforeAll(async () => {
      const files: ImageFiles = new Map();
      const platforms = [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm', variant: 'v7' },
      ];
      const manifests = platforms.map((platform) => ({ ...putImage(files, { ...image, platform }), platform }));
      const statement = putBlob(files, json({ predicate: {} }), 'application/vnd.in-toto+json');
      const about = { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' };
      const empty = putBlob(
        files,
        json({ rootfs: { type: 'layers', diff_ids: [] } }),
        'application/vnd.oci.image.config.v1+json',
      );
      const attestation = putBlob(
        files,
        json({ schemaVersion: 2, config: empty, layers: [{ ...statement, annotations: about }] }),
        'application/vnd.oci.image.manifest.v1+json',
      );
      const index = putBlob(
        files,
        json({
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.index.v1+json',
          manifests: [
            ...manifests,
            {
              ...attestation,
              platform: { os: 'unknown', architecture: 'unknown' },
              annotations: {
                'vnd.docker.reference.type': 'attestation-manifest',
                'vnd.docker.reference.digest': manifests[0]?.digest ?? '',
              },
            },
          ],
        }),
        'application/vnd.oci.image.index.v1+json',
      );
      await push(putIndex(files, [named(index, '1')]), 'acme/multi:1', ['--all']);
    });

    it('are listed, attestations left out', async () => {
      const { image: found } = await analyze([`registry:${registry.host}/acme/multi:1`]);
      expect(found.platform).toEqual({ os: 'linux', architecture: 'amd64', variant: null });
      expect(found.platforms).toEqual([
        { os: 'linux', architecture: 'amd64', variant: null },
        { os: 'linux', architecture: 'arm', variant: 'v7' },
      ]);
    });

    it('are chosen from by --platform', async () => {
      const { image: found } = await analyze(['--platform', 'linux/arm', `registry:${registry.host}/acme/multi:1`]);
      expect(found.platform).toEqual({ os: 'linux', architecture: 'arm', variant: 'v7' });
      const wrong = await run(['--platform', 'linux/s390x', `registry:${registry.host}/acme/multi:1`]);
      expect(wrong).toMatchObject({
        status: 2,
        stderr: `layerscope: ${registry.host}/acme/multi:1: has no image for platform linux/s390x. It has: linux/amd64, linux/arm/v7\n`,
      });
    });

    it('are one by its digest', async () => {
      const { image: found } = await analyze([`registry:${registry.host}/acme/multi:1`]);
      const { image: same } = await analyze([`registry:${registry.host}/acme/multi@${found.manifestDigest}`]);
      expect(same).toMatchObject({ manifestDigest: found.manifestDigest, platform: found.platform });
    });

    it('come with what is attested of how they were built', async () => {
      const archive = sharedImage('buildkit/buildkit-provenance-max.oci.tar');
      if (archive === null) return;
      // Attestations name their image by its digest.
      await pushImage(registry, `oci-archive:${archive}`, 'acme/attested:1', scratch, ['--all', '--preserve-digests']);
      const here = await analyze([archive]);
      expect(here.dockerfile).not.toBeNull();
      expect(essence(await analyze([`registry:${registry.host}/acme/attested:1`]))).toEqual(essence(here));
    });
  });

  describe('tables of contents', () => {
    const estargz = sharedImage('dive/test-oci-estargz-image.tar');
    const chunked = sharedImage('buildah/buildah-zstd-chunked.oci.tar');

    it.skipIf(estargz === null)('of eStargz stand in for the layer', async () => {
      await pushImage(registry, `oci-archive:${estargz ?? ''}`, 'acme/estargz:1', scratch);
      const proxy = await proxied();
      const there = await analyze([`registry:${proxy.host}/acme/estargz:1`]);
      expect(there.layers[0]?.tarBytes).toBeNull();
      expect(there.warnings.filter(({ code }) => code === 'toc-unusable')).toEqual([]);
      expect(proxy.seen.filter(({ headers }) => headers.range !== undefined)).toHaveLength(2);
      const here = await run(['cat', estargz ?? '', '/README.md']);
      const content = await run(['cat', `registry:${proxy.host}/acme/estargz:1`, '/README.md']);
      expect(content.bytes).toHaveLength(11_189);
      expect(content.bytes).toEqual(here.bytes);
    });

    it('cost at most 2 % of an eStargz image of 500 MB', async () => {
      const layout = join(scratch, 'layout-large');
      mkdirSync(join(layout, 'blobs/sha256'), { recursive: true });
      const partial = join(layout, 'blobs/partial');
      const hash = createHash('sha256');
      const fd = openSync(partial, 'w');
      const pool = randomBytes(1_000_000);
      const items = Array.from({ length: 8000 }, (_, at) => {
        const content = Buffer.concat([Buffer.from(`${at}`), pool.subarray(0, 30_000 + ((at * 7919) % 70_000))]);
        return [`srv/${at % 40}/file-${at}${at % 1000 === 0 ? '.pem' : ''}`, file(content)] as const;
      });
      // Stored rather than compressed: what counts is how large it is.
      const written = writeEstargz(items, { like: 'build', level: 0 }, (bytes) => {
        hash.update(bytes);
        writeSync(fd, bytes);
      });
      closeSync(fd);
      const hex = hash.digest('hex');
      renameSync(partial, join(layout, 'blobs/sha256', hex));
      expect(written.size).toBeGreaterThan(500_000_000);
      const files: ImageFiles = new Map();
      const config = putBlob(
        files,
        // Nobody compares it with the tar.
        json({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [`sha256:${hex}`] } }),
        'application/vnd.oci.image.config.v1+json',
      );
      const { size, annotations } = written;
      const described = { mediaType: gzipType, digest: `sha256:${hex}`, size, annotations };
      const manifest = putBlob(files, json({ schemaVersion: 2, config, layers: [described] }), manifestType);
      writeLayout(layout, putIndex(files, [named(manifest, '1')]));
      await pushImage(registry, `oci:${layout}:1`, 'acme/large:1', scratch);
      rmSync(layout, { recursive: true });

      const proxy = await proxied();
      const report = await analyze([`registry:${proxy.host}/acme/large:1`], 'large');
      expect(report.image.fileCount).toBe(8002); // and the landmark, and the table itself
      expect(proxy.sent() / size).toBeLessThan(0.02);
      const before = proxy.sent();
      const [, wanted] = items[4321] ?? expect.fail();
      expect((await run(['cat', `registry:${proxy.host}/acme/large:1`, '/srv/1/file-4321'], 'large')).bytes).toEqual(
        wanted.content,
      );
      expect(proxy.sent() - before).toBeLessThan(150_000);
    });

    it.skipIf(chunked === null)('of zstd:chunked do, and a file costs its chunk', async () => {
      await pushImage(registry, `oci-archive:${chunked ?? ''}`, 'acme/chunked:1', scratch);
      const proxy = await proxied();
      const there = await analyze([`registry:${proxy.host}/acme/chunked:1`]);
      const here = await analyze([chunked ?? '']);
      expect(there.layers.map(({ sizeBytes }) => sizeBytes)).toEqual(here.layers.map(({ sizeBytes }) => sizeBytes));
      expect(there.image.fileCount).toBe(here.image.fileCount);
      expect(there.duplicates).toEqual(here.duplicates);
      const path = (await run(['ls', '-R', chunked ?? ''])).stdout.match(/\S*\/big\.bin/)?.[0] ?? '';
      const before = proxy.sent();
      const content = await run(['cat', `registry:${proxy.host}/acme/chunked:1`, path]);
      expect(content.bytes).toEqual((await run(['cat', chunked ?? '', path])).bytes);
      expect(content.bytes.length).toBeGreaterThan(0);
      expect(
        proxy.seen.every(
          ({ path: asked, headers }) =>
            !asked.includes('/blobs/') || headers.range !== undefined || asked.includes(there.image.configDigest),
        ),
      ).toBe(true);
      expect(proxy.sent()).toBeGreaterThan(before);
      const small = path.replace(/[^/]*$/, 'file-03.txt');
      await analyze([`registry:${proxy.host}/acme/chunked:1`], 'chunked');
      const known = proxy.sent();
      const one = await run(['cat', `registry:${proxy.host}/acme/chunked:1`, small], 'chunked');
      expect(one.bytes).toEqual((await run(['cat', chunked ?? '', small])).bytes);
      // Manifest, configuration and chunk, of a layer of 1.2 MB.
      expect(proxy.sent() - known).toBeLessThan(5000);
    });

    it.skipIf(chunked === null)(
      'are not needed where a registry gives no parts: the layer is read, and a warning says so',
      async () => {
        const proxy = await proxied(() => ({ kind: 'ranges-ignored' }));
        const report = await analyze([`registry:${proxy.host}/acme/chunked:1`]);
        expect(report.warnings.map(({ code }) => code)).toContain('toc-unusable');
        expect(essence({ ...report, warnings: [] })).toEqual(
          essence({ ...(await analyze([chunked ?? ''])), warnings: [] }),
        );
      },
    );
  });

  describe('what goes wrong on the way', () => {
    const layerOf = ({ path }: SeenRequest): boolean => path.includes(sha256(image.layers[0]?.blob ?? Buffer.alloc(0)));

    it('a blob that breaks off is asked for from there on', async () => {
      const proxy = await proxied((request, nth) =>
        layerOf(request) && nth === 0 ? { kind: 'dropped', after: 500 } : null,
      );
      const report = await analyze([`registry:${proxy.host}/acme/app:1`]);
      expect(essence(report)).toEqual(essence(await analyze([`registry:${registry.host}/acme/app:1`])));
      expect(proxy.seen.filter(layerOf).map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=500-']);
    });

    it('a blob of other bytes is refused, and not remembered', async () => {
      const other = writeTar([{ name: 'evil', content: 'evil' }]);
      const alter = (): Buffer => gzipSync(other);
      const proxy = await proxied((request) => (layerOf(request) ? { kind: 'altered', alter } : null));
      const { status, stdout, stderr } = await run(['analyze', `registry:${proxy.host}/acme/app:1`], 'altered');
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/has \d+ bytes where its descriptor says \d+|does not match its digest/);
      const flip = (body: Buffer): Buffer => Buffer.from(body).fill(body[200]! ^ 1, 200, 201);
      const flipping = await proxied((request) => (layerOf(request) ? { kind: 'altered', alter: flip } : null));
      const flipped = await run(['analyze', `registry:${flipping.host}/acme/app:1`], 'altered');
      expect(flipped).toMatchObject({ status: 2, stdout: '' });
      expect(flipped.stderr).toContain('content does not match its digest');
      expect((await analyze([`registry:${registry.host}/acme/app:1`], 'altered')).image.layerCount).toBe(2);
    });

    it('a configuration of other bytes is refused', async () => {
      const { image: found } = await analyze([`registry:${registry.host}/acme/app:1`]);
      const alter = (body: Buffer): Buffer => Buffer.from(body.toString().replace('amd64', 'arm64'));
      const proxy = await proxied(({ path }) =>
        path.includes(found.configDigest) ? { kind: 'altered', alter } : null,
      );
      const { status, stderr } = await run(['analyze', `registry:${proxy.host}/acme/app:1`]);
      expect(status).toBe(2);
      expect(stderr).toContain('does not match its digest');
    });

    it('what is no image is said to be none', async () => {
      const files: ImageFiles = new Map();
      const config = putBlob(files, json({ name: 'chart' }), 'application/vnd.cncf.helm.config.v1+json');
      const chart = putBlob(
        files,
        json({ schemaVersion: 2, config, layers: [] }),
        'application/vnd.oci.image.manifest.v1+json',
      );
      await push(putIndex(files, [named(chart, '1')]), 'acme/chart:1');
      expect(await run(['analyze', `registry:${registry.host}/acme/chart:1`])).toMatchObject({
        status: 2,
        stderr: `layerscope: ${registry.host}/acme/chart:1: is no container image but something else that registries keep (application/vnd.cncf.helm.config.v1+json).\n`,
      });
    });
  });

  describe('logins', () => {
    it('are taken from the command line, for this registry alone', async () => {
      const locked = await startRegistry(join(scratch, 'locked'), { htpasswd: { dev: 'secret' } });
      try {
        const layout = writeLayout(join(scratch, 'layout-locked'), ociFiles(image));
        await pushImage(locked, `oci:${layout}:1`, 'acme/app:1', scratch, ['--dest-creds', 'dev:secret']);
        const name = `registry:${locked.host}/acme/app:1`;
        const { status, stderr } = await run(['analyze', name]);
        expect(status).toBe(2);
        expect(stderr).toContain(`docker login ${locked.host}`);
        const login = ['--username', 'dev', '--password-stdin'];
        expect((await analyze([name, ...login], 'fresh', { stdin: Buffer.from('secret\n') })).image.layerCount).toBe(2);
        const wrong = await run(['analyze', name, ...login], 'fresh', { stdin: Buffer.from('hunter2') });
        expect(wrong.status).toBe(2);
        expect(wrong.stderr).not.toContain('hunter2');
      } finally {
        await locked.stop();
      }
    });
  });
});
