import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import {
  archiveOf,
  configOf,
  dockerFiles,
  type ImageFiles,
  indexType,
  json,
  manifestType,
  ociFiles,
  putBlob,
  putImage,
  putIndex,
  sha256,
  writeLayout,
} from '../sources/written-image.ts';
import { complaint, folder, image, tar, write } from './complaint.ts';

const docker = (manifest: unknown, config: unknown = null): Buffer => {
  const files: ImageFiles = new Map([['layer.tar', tar]]);
  files.set(
    'config.json',
    config === null ? configOf(image) : typeof config === 'string' ? Buffer.from(config) : json(config),
  );
  files.set('manifest.json', Buffer.isBuffer(manifest) ? manifest : json(manifest));
  return archiveOf(files);
};

describe('metadata that is not what it claims', () => {
  const good = [{ Config: 'config.json', Layers: ['layer.tar'] }];

  test.each<[what: string, bytes: Buffer, says: string | RegExp]>([
    [
      'an object',
      docker({}),
      'standard input: manifest.json: is not what it claims to be: Invalid type: Expected Array but received Object',
    ],
    [
      'no images',
      docker([]),
      /^standard input: not a container image \(manifest.json list no image that is complete\)/,
    ],
    ['a number as image', docker([1]), /manifest.json: is not what it claims to be: 0: /],
    [
      'a number as layer',
      docker([{ Config: 'config.json', Layers: [1] }]),
      /manifest.json: is not what it claims to be: 0.Layers.0: /,
    ],
    ['no configuration', docker([{ Layers: [] }]), /manifest.json: is not what it claims to be: 0.Config: /],
    [
      'a missing configuration',
      docker([{ Config: 'nope' }]),
      'standard input: the configuration nope is not in it. The archive is incomplete; save the image again.',
    ],
    [
      'a missing layer',
      docker([{ Config: 'config.json', Layers: ['nope'] }]),
      'standard input: the layer nope is not in it. The archive is incomplete; save the image again.',
    ],
    [
      'a layer that is JSON',
      docker([{ Config: 'config.json', Layers: ['manifest.json'] }]),
      /: corrupt tar at byte 0: the header checksum does not hold\.$|ends in the middle/,
    ],
    [
      'a layer outside',
      docker([{ Config: 'config.json', Layers: ['../../../etc/passwd'] }]),
      /the layer ..\/..\/..\/etc\/passwd is not in it/,
    ],
    [
      'a configuration that is a layer',
      docker([{ Config: 'layer.tar', Layers: [] }]),
      /layer.tar: is not what it claims to be: /,
    ],
    ['half a JSON', docker(Buffer.from('[{"Config":')), /manifest.json: is not what it claims to be: not JSON \(/],
    ['no UTF-8', docker(Buffer.from('[{"Config":"\xff"}]', 'latin1')), /the configuration \ufffd is not in it/],
    ['an empty configuration', docker(good, {}), /config.json: is not what it claims to be: /],
    [
      'a configuration of deep brackets',
      docker(good, '['.repeat(1_000_000)),
      /config.json: is not what it claims to be: /,
    ],
    [
      'deep nesting that is closed',
      docker(good, `{"rootfs":{},"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
      /diff-id|^$|config.json/,
    ],
    [
      'diffIds that are none',
      docker(good, { rootfs: { diff_ids: ['../../etc/passwd'] } }),
      /config.json: is not what it claims to be: rootfs.diff_ids.0: expected a digest/,
    ],
    [
      'a config that is text',
      docker(good, { rootfs: {}, config: 'text' }),
      /config.json: is not what it claims to be: config: /,
    ],
    [
      'a history of numbers',
      docker(good, { rootfs: {}, history: [1] }),
      /config.json: is not what it claims to be: history.0: /,
    ],
    [
      'labels that are numbers',
      docker(good, { rootfs: {}, config: { Labels: { a: 1 } } }),
      /config.json: is not what it claims to be: config.Labels.a: /,
    ],
    [
      'too many layers',
      docker([{ Config: 'config.json', Layers: Array.from({ length: 100_000 }, () => 'layer.tar') }]),
      /has 100000 layers, more than the 1000 that any system could mount\.$/,
    ],
    [
      'too many images',
      docker(Array.from({ length: 20_000 }, () => good[0])),
      'standard input: lists more than 10000 images; refused.',
    ],
  ])('docker archive: %s', async (what, bytes, says) => {
    if (what === 'deep nesting that is closed') {
      expect(await runFake(['-', '--json'], { stdin: bytes })).toMatchObject({ status: 0, stderr: '' });
      return;
    }
    expect(await complaint(bytes)).toMatch(says);
  });

  test('keys of every object are only keys', async () => {
    const config =
      '{"rootfs":{"diff_ids":[]},"__proto__":{"os":"x"},"config":{"Labels":{"__proto__":"y","constructor":"z"}}}';
    const { status, stdout } = await runFake(['-', '--json'], { stdin: docker(good, config) });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ image: { platform: { os: '' } } });
    expect({}).not.toHaveProperty('os');
  });

  test('a document of more than metadata has', async () => {
    const files = dockerFiles(image);
    files.set(
      'manifest.json',
      Buffer.concat([Buffer.from('['), Buffer.alloc(17 * 1024 * 1024, ' '), Buffer.from(']')]),
    );
    const archive = archiveOf(files);
    expect((await runFake([write('big.tar', archive)])).stderr).toContain(
      'more than the 16777216 that image metadata may have',
    );
    expect(await runFake(['-'], { stdin: archive })).toMatchObject({ status: 2, stdout: '' });
  });

  test('many documents of nearly that much', async () => {
    const files = dockerFiles(image);
    for (let at = 0; at < 5; at++)
      files.set(`${at}.json`, Buffer.concat([Buffer.from('{'), Buffer.alloc(15 * 1024 * 1024, ' ')]));
    expect(await runFake(['-'], { stdin: archiveOf(files) })).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'layerscope: standard input: holds more than 67108864 bytes of JSON; refused, an image has a few kilobytes.\n',
    });
  });
});

const index = (manifests: unknown): Buffer => {
  const files = ociFiles(image);
  files.set('index.json', json({ manifests }));
  return archiveOf(files);
};

describe('OCI layouts', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  test.each<[what: string, bytes: Buffer, says: RegExp]>([
    ['no manifests', index([]), /index.json list no image that is complete/],
    ['a manifest that is missing', index([{ digest, size: 1 }]), /index.json list no image that is complete/],
    [
      'a digest that climbs',
      index([{ digest: 'sha256:../../../../etc/passwd', size: 1 }]),
      /manifests.0.digest: expected a digest/,
    ],
    ['a negative size', index([{ digest, size: -1 }]), /manifests.0.size: /],
    ['a fractional size', index([{ digest, size: 0.5 }]), /manifests.0.size: /],
    ['a size as text', index([{ digest, size: '1' }]), /manifests.0.size: /],
    ['a manifest of text', index('all'), /manifests: /],
  ])('%s', async (_what, bytes, says) => {
    expect(await complaint(bytes)).toMatch(says);
  });

  test('indexes that list each other a thousand times at each of eight levels', async () => {
    const files: ImageFiles = new Map();
    let inner: object = putImage(files, image);
    for (let level = 0; level < 6; level++) {
      const manifests = Array.from({ length: 1000 }, () => inner);
      inner = putBlob(files, json({ schemaVersion: 2, manifests }), indexType);
    }
    expect(await complaint(archiveOf(putIndex(files, [inner])))).toBe(
      'standard input: lists more than 10000 images; refused.',
    );
  });

  test('an index that refers to itself', async () => {
    const files: ImageFiles = new Map();
    const self = { digest: `sha256:${sha256(Buffer.from('self'))}`, size: 100, mediaType: indexType };
    files.set(`blobs/sha256/${self.digest.slice(7)}`, json({ manifests: [self] }));
    expect(await complaint(archiveOf(putIndex(files, [self])))).toMatch(
      /has \d+ bytes where its descriptor says 100\./,
    );
  });

  test('ten thousand images of one name and platform', async () => {
    const files: ImageFiles = new Map();
    const one = putImage(files, image);
    const said = await complaint(
      archiveOf(
        putIndex(
          files,
          Array.from({ length: 10_000 }, () => one),
        ),
      ),
    );
    expect(said).toContain('holds 10000 images; choose one with ');
    expect(said).toContain('19 (linux/amd64) and 9980 more');
  });

  test('descriptors whose size lies', async () => {
    const files: ImageFiles = new Map();
    const honest = putImage(files, image);
    expect(await complaint(archiveOf(putIndex(files, [{ ...honest, size: 2 ** 52 }])))).toMatch(
      /bytes where its descriptor says 4503599627370496\./,
    );
    const config = putBlob(files, configOf(image));
    const layer = { ...putBlob(files, tar), size: 2 ** 52 };
    const manifest = putBlob(files, json({ config, layers: [layer] }), manifestType);
    expect(await complaint(archiveOf(putIndex(files, [manifest])))).toMatch(
      /has 2048 bytes where its descriptor says 4503599627370496\./,
    );
  });

  test('a directory whose blob is a pipe, a directory, a device, or leads elsewhere', async () => {
    const layout = writeLayout(join(folder, 'layout'), ociFiles(image));
    const blob = join(layout, 'blobs/sha256', sha256(tar));
    const makers: (() => unknown)[] = [
      () => execFileSync('mkfifo', [blob]),
      () => mkdirSync(blob),
      () => symlinkSync('/dev/zero', blob),
      () => symlinkSync(blob, blob),
    ];
    for (const make of makers) {
      rmSync(blob, { recursive: true, force: true });
      make();
      const { status, stdout, stderr } = await runFake([layout]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`the layer blobs/sha256/${sha256(tar)} is not in it`);
    }
  });
});
