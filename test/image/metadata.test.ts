import { describe, expect, test } from 'vitest';
import { type ImageConfig, imageConfigSchema } from '../../src/image/config.ts';
import { isAttestation, namesOf } from '../../src/image/descriptor.ts';
import { dockerManifestSchema } from '../../src/image/docker-manifest.ts';
import { layerHistory } from '../../src/image/image.ts';
import { imageIndexSchema, manifestOrIndexSchema, manifestSchema } from '../../src/image/manifest.ts';
import { parseMetadata } from '../../src/image/metadata.ts';

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const digest = `sha256:${'a'.repeat(64)}`;
const config = (value: unknown): ImageConfig => parseMetadata(json(value), imageConfigSchema, 'config');

describe('an image configuration', () => {
  test('of a minimum has nothing set', () => {
    expect(config({ rootfs: {} })).toEqual({
      platform: { os: '', architecture: '', variant: null },
      created: null,
      runtime: expect.anything() as unknown,
      building: { shell: null, onBuild: [] },
      diffIds: [],
      history: [],
    });
  });

  test.each([[undefined], [null], [{}]])('without settings (%j) has empty ones', (settings) => {
    expect(config({ config: settings, rootfs: {} }).runtime).toEqual({
      env: [],
      entrypoint: null,
      cmd: null,
      user: null,
      workingDir: null,
      labels: {},
      exposedPorts: [],
    });
  });

  test('gives all that is set', () => {
    const found = config({
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2026-01-02T03:04:05.678Z',
      config: {
        Env: ['A=b'],
        Entrypoint: ['/run'],
        Cmd: 'a word',
        User: '1000',
        WorkingDir: '/app',
        Labels: { b: '2', a: '1' },
        ExposedPorts: { '90/udp': {}, '80/tcp': {} },
        Shell: ['/bin/bash', '-c'],
        OnBuild: ['RUN make'],
        Unknown: 1,
      },
      rootfs: { type: 'layers', diff_ids: [digest] },
      history: [
        { created_by: 'RUN x', comment: 'c', author: 'a', created: '2026-01-02T03:04:05Z' },
        { empty_layer: true },
      ],
    });
    expect(found).toEqual({
      platform: { os: 'linux', architecture: 'arm64', variant: null },
      created: '2026-01-02T03:04:05.678Z',
      runtime: {
        env: ['A=b'],
        entrypoint: ['/run'],
        cmd: ['a word'],
        user: '1000',
        workingDir: '/app',
        labels: { b: '2', a: '1' },
        exposedPorts: ['80/tcp', '90/udp'],
      },
      building: { shell: ['/bin/bash', '-c'], onBuild: ['RUN make'] },
      diffIds: [digest],
      history: [
        { createdBy: 'RUN x', created: '2026-01-02T03:04:05Z', comment: 'c', author: 'a', emptyLayer: false },
        { createdBy: '', created: null, comment: '', author: '', emptyLayer: true },
      ],
    });
  });

  test.each(['0001-01-01T00:00:00Z', 'not a time', '', null])('takes %j for no time', (created) => {
    expect(config({ created, rootfs: {} }).created).toBeNull();
  });

  test.each([
    ['no object', [], 'config: '],
    ['no layers', {}, 'rootfs'],
    [
      'a digest that is none',
      { rootfs: { diff_ids: ['sha256:../../etc/passwd'] } },
      'rootfs.diff_ids.0: expected a digest',
    ],
    ['a history that is no list', { rootfs: {}, history: {} }, 'history'],
    ['a number for a step', { rootfs: {}, history: [{ created_by: 5 }] }, 'history.0.created_by'],
  ])('is refused with %s', (_, value, message) => {
    expect(() => config(value)).toThrow(message);
    expect(() => config(value)).toThrow(expect.objectContaining({ code: 'invalid-json' }));
  });

  test('is refused when it is not JSON', () => {
    expect(() => parseMetadata(Buffer.from('{"a":'), imageConfigSchema, 'x')).toThrow(
      /^x: is not what it claims to be: not JSON/,
    );
    expect(() => parseMetadata(Buffer.alloc(0), imageConfigSchema, 'x')).toThrow('not JSON');
  });
});

test('history without empty steps goes to the layers in order; layers beyond it get none', () => {
  const found = config({
    rootfs: {},
    history: [{ created_by: 'a' }, { created_by: 'b', empty_layer: true }, { created_by: 'c' }],
  });
  expect(layerHistory(found, 3).map((entry) => entry?.createdBy ?? null)).toEqual(['a', 'c', null]);
  expect(layerHistory(found, 1).map((entry) => entry?.createdBy)).toEqual(['a']);
});

describe('a manifest', () => {
  const descriptor = { digest, size: 5 };

  test('needs a configuration, and may have no layers', () => {
    const empty = parseMetadata(json({ config: descriptor, layers: null }), manifestSchema, 'm');
    expect(empty).toMatchObject({ mediaType: null, layers: [], config: { digest, size: 5, urls: [], platform: null } });
    expect(() => parseMetadata(json({}), manifestSchema, 'm')).toThrow('m: is not what it claims to be: config');
  });

  test.each([-1, 1.5, '5', 2 ** 53])('is refused when a size is %j', (size) => {
    expect(() => parseMetadata(json({ config: { digest, size } }), manifestSchema, 'm')).toThrow('config.size');
  });

  test('is told from an index by its fields', () => {
    const parse = (value: unknown): string => parseMetadata(json(value), manifestOrIndexSchema, 'm').kind;
    expect(parse({ manifests: [descriptor] })).toBe('index');
    expect(parse({ config: descriptor })).toBe('manifest');
    expect(() => parse({ mediaType: 'x' })).toThrow('neither an image manifest nor an image index');
  });

  test('of an index may be an attestation, which is no image', () => {
    const index = parseMetadata(
      json({
        manifests: [
          { ...descriptor, platform: { os: 'linux', architecture: 'amd64' } },
          { ...descriptor, platform: { os: 'unknown', architecture: 'unknown' } },
          { ...descriptor, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
        ],
      }),
      imageIndexSchema,
      'i',
    );
    expect(index.manifests.map(isAttestation)).toEqual([false, true, true]);
  });

  test('has the names that containerd and the image specification give', () => {
    const annotations = {
      'org.opencontainers.image.ref.name': 'latest',
      'io.containerd.image.name': 'docker.io/library/a:latest',
    };
    const index = parseMetadata(
      json({ manifests: [{ ...descriptor, annotations }, descriptor] }),
      imageIndexSchema,
      'i',
    );
    expect(index.manifests.map(namesOf)).toEqual([['docker.io/library/a:latest', 'latest'], []]);
  });
});

test('a docker manifest may leave tags and layers out', () => {
  const parse = (value: unknown): unknown => parseMetadata(json(value), dockerManifestSchema, 'manifest.json');
  expect(parse([{ Config: 'c.json', RepoTags: null, Layers: null }])).toEqual([
    { config: 'c.json', repoTags: [], layers: [] },
  ]);
  expect(() => parse([{ Layers: [] }])).toThrow('manifest.json: is not what it claims to be: 0.Config');
  expect(() => parse({})).toThrow(expect.objectContaining({ code: 'invalid-json' }));
});
