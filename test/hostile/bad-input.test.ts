import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import { leftCopies, scratchFolder } from '../commands/scratch-folder.ts';
import { paxHeader, writeTar } from '../engines/corpus/tar-header.ts';
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

const folder = scratchFolder();
const tar = writeTar([{ name: 'file', content: 'content' }]);
const image = { layers: [{ tar }] };

let copies: string[] = [];
beforeEach(() => {
  copies = leftCopies();
});
afterEach(() => expect(leftCopies()).toEqual(copies));

function write(name: string, bytes: Buffer | string): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** What is said of an image, the same from a file, from standard input and by commands that keep a copy of that. */
async function complaint(bytes: Buffer, more: readonly string[] = []): Promise<string> {
  const file = write('bad.tar', bytes);
  const said: string[] = [];
  for (const [args, stdin] of [
    [['analyze', file], Buffer.alloc(0)],
    [['analyze', '-'], bytes],
    [['cat', '-', '/file'], bytes],
  ] as const) {
    const { status, stdout, stderr } = await runFake([...args, ...more], { stdin });
    expect({ status, stdout, args }).toEqual({ status: 2, stdout: '', args });
    expect(stderr).toMatch(/^layerscope: [^\n]+\n$/);
    expect(stderr).not.toMatch(/Internal error|\n {4}at /);
    said.push(stderr.slice('layerscope: '.length, -1).replaceAll(file, 'standard input'));
  }
  return said[0] ?? '';
}

describe('no image at all', () => {
  const looked = 'Looked for manifest.json (docker save) or oci-layout with index.json (OCI).';
  test.each<[what: string, bytes: Buffer, says: string]>([
    ['an empty file', Buffer.alloc(0), 'standard input: is empty. Check that the command that writes it succeeded.'],
    [
      'a text',
      Buffer.from('FROM scratch\n'),
      `standard input: not a container image (neither a tar nor compressed). ${looked}`,
    ],
    [
      'a long text',
      Buffer.alloc(5000, 'text\n'),
      `standard input: not a container image (neither a tar nor compressed). ${looked}`,
    ],
    ['zeros', Buffer.alloc(2048), `standard input: not a container image (neither is there). ${looked}`],
    ['a tar of something else', tar, `standard input: not a container image (neither is there). ${looked}`],
    [
      'a compressed text',
      gzipSync('text'),
      'standard input: ends in the middle of an entry at byte 4. The file is truncated; copy or save it again.',
    ],
    ['nothing, compressed', gzipSync(''), `standard input: not a container image (neither is there). ${looked}`],
    [
      'xz',
      Buffer.from('fd377a585a00000000', 'hex'),
      'standard input: is compressed with xz. Only gzip and zstd occur in images; decompress it first.',
    ],
    [
      'bzip2',
      Buffer.from('BZh91AY&SY'),
      'standard input: is compressed with bzip2. Only gzip and zstd occur in images; decompress it first.',
    ],
    [
      'a gzip head',
      Buffer.from('1f8b0800', 'hex'),
      'standard input: the gzip stream is damaged or truncated (unexpected end of file).',
    ],
    [
      'a zstd head',
      Buffer.from('28b52ffd', 'hex'),
      'standard input: the zstd stream is damaged or truncated (unexpected bytes between frames).',
    ],
  ])('%s', async (_what, bytes, says) => {
    expect(await complaint(bytes)).toBe(says);
  });

  test('a root filesystem', async () => {
    // As `docker export` gives it: many small files, some of them texts, some empty, some compressed.
    const files = Array.from({ length: 3000 }, (_, at) => ({
      name: `f${at}`,
      content: ['', '{"a":', 'text', gzipSync('x')][at % 4] ?? '',
    }));
    expect(await complaint(writeTar(files))).toContain('not a container image (neither is there)');
  });

  test('more files than any image has', async () => {
    const file = write(
      'many.tar.gz',
      gzipSync(writeTar(Array.from({ length: 100_001 }, (_, at) => ({ name: `${at}` })))),
    );
    expect(await runFake([file])).toMatchObject({
      status: 2,
      stderr: `layerscope: ${file}: not a container image (a tar of more than 100000 files). ${looked}\n`,
    });
  });

  test('paths that are none', async () => {
    const missing = (path: string): string =>
      `layerscope: ${path}: no such file or directory. Give a path to an image archive or OCI layout, or - for standard input.\n`;
    const empty = join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    for (const command of ['analyze', 'ls', 'history']) {
      for (const path of ['/no/such/file', 'no\u001bname'.replace('\u001b', '-'), 'oci:/no/such:tag', '/no/such#1'])
        expect(await runFake([command, path])).toMatchObject({ status: 2, stderr: missing(path.replace('oci:', '')) });
      expect((await runFake([command, empty])).stderr).toBe(
        `layerscope: ${empty}: not a container image (a directory without the files of an OCI layout). ${looked}\n`,
      );
    }
    expect(await runFake(['analyze', '/dev/null'])).toMatchObject({
      status: 2,
      stderr: 'layerscope: /dev/null: is empty. Check that the command that writes it succeeded.\n',
    });
    expect(await runFake(['analyze', '/dev/zero'])).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('metadata that is not what it claims', () => {
  const docker = (manifest: unknown, config: unknown = null): Buffer => {
    const files: ImageFiles = new Map([['layer.tar', tar]]);
    files.set(
      'config.json',
      config === null ? configOf(image) : typeof config === 'string' ? Buffer.from(config) : json(config),
    );
    files.set('manifest.json', Buffer.isBuffer(manifest) ? manifest : json(manifest));
    return archiveOf(files);
  };
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

describe('OCI layouts', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const index = (manifests: unknown): Buffer => {
    const files = ociFiles(image);
    files.set('index.json', json({ manifests }));
    return archiveOf(files);
  };

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

describe('layers', () => {
  const layer = async (bytes: Buffer): Promise<string> =>
    complaint(archiveOf(dockerFiles({ layers: [{ tar: bytes }] })));
  const withSize = (field: Buffer): Buffer => {
    const bytes = Buffer.from(tar);
    field.copy(bytes, 124);
    bytes.fill(' ', 148, 156);
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return bytes;
  };
  const base256 = (top: number): Buffer => Buffer.from([top, ...Array.from({ length: 11 }, () => 0xff)]);

  test.each<[what: string, bytes: Buffer, says: RegExp]>([
    ['a size beyond the end', withSize(Buffer.from('77777777777\0')), /ends in the middle of an entry at byte 2048/],
    ['a huge base-256 size', withSize(base256(0x80)), /the size field is no number/],
    ['a negative base-256 size', withSize(base256(0xff)), /a size is negative/],
    [
      'a size of exabytes',
      withSize(Buffer.from([0x80, 0, 0, 0, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
      /ends in the middle of an entry|no number/,
    ],
    ['letters as size', withSize(Buffer.from('abcdefghijk\0')), /the size field is no number/],
    [
      'a PAX header of gigabytes',
      withType(withSize(Buffer.from('60000000000\0')), 'x'),
      /an extension header claims 6442450944 bytes/,
    ],
    [
      'a long name of gigabytes',
      withType(withSize(Buffer.from('60000000000\0')), 'L'),
      /an extension header claims 6442450944 bytes/,
    ],
    [
      'a PAX size that is none',
      writeTar([paxHeader({ size: '1e9' }), { name: 'file' }]),
      /the size field is no number/,
    ],
    [
      'a PAX size beyond the end',
      writeTar([paxHeader({ size: '9007199254740991' }), { name: 'file' }]),
      /ends in the middle of an entry/,
    ],
    [
      'a PAX header without records',
      writeTar([{ name: 'x', type: 'x', content: 'garbage' }]),
      /an extended header is not made of valid records/,
    ],
    ['a NUL in a name', writeTar([paxHeader({ path: 'a\0b' }), { name: 'file' }]), /a name contains NUL/],
    ['random bytes', Buffer.alloc(2048, 'random'), /the header checksum does not hold/],
    [
      'gzip that is none',
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(2000, 7)]),
      /the gzip stream is damaged or truncated/,
    ],
    ['gzip cut short', gzipSync(tar).subarray(0, -20), /the gzip stream is damaged or truncated/],
    ['gzip of a text', gzipSync('text'), /ends in the middle of an entry at byte 4/],
    ['xz', Buffer.concat([Buffer.from('fd377a585a0000', 'hex'), Buffer.alloc(600)]), /is compressed with xz/],
  ])('%s', async (_what, bytes, says) => {
    expect(await layer(bytes)).toMatch(says);
  });

  function withType(bytes: Buffer, type: string): Buffer {
    const changed = Buffer.from(bytes);
    changed.write(type, 156);
    changed.fill(' ', 148, 156);
    const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return changed;
  }

  test('a damaged file that is no layer of the image does no harm', async () => {
    const files = dockerFiles(image);
    files.set('other.tar.gz', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(2000, 7)]));
    files.set('other.tar', withSize(base256(0x80)));
    const archive = archiveOf(files);
    for (const args of [['-'], [write('other.tar', archive)]])
      expect(await runFake(args, { stdin: archive })).toMatchObject({ status: 0, stderr: '' });
  });

  test('paths that climb and links that never end', async () => {
    const bytes = writeTar([
      { name: '../../../etc/passwd', content: 'climbs' },
      { name: '/absolute', content: 'absolute' },
      { name: 'loop', type: '2', link: 'pool' },
      { name: 'pool', type: '2', link: 'loop' },
      { name: 'self', type: '1', link: 'self' },
      { name: 'one', type: '1', link: 'two' },
      { name: 'two', type: '1', link: 'one' },
      { name: '..', type: '5' },
      { name: '.', content: 'root' },
    ]);
    const stdin = archiveOf(dockerFiles({ layers: [{ tar: bytes }] }));
    const { status, stdout } = await runFake(['-', '--json'], { stdin });
    expect(status).toBe(0);
    const { warnings } = JSON.parse(stdout) as { warnings: { code: string }[] };
    expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['unsafe-path', 'dangling-hardlink']));
    expect((await runFake(['cat', '-', '/etc/passwd'], { stdin })).stdout).toBe('climbs');
    expect((await runFake(['cat', '-', '/loop'], { stdin })).stderr).toBe(
      'layerscope: /loop: too many levels of symbolic links.\n',
    );
    expect((await runFake(['cat', '-', '/loop/x'], { stdin })).stderr).toBe(
      'layerscope: /loop/x: too many levels of symbolic links.\n',
    );
    const target = join(folder, 'out');
    expect(await runFake(['extract', '-', '/', '-o', target], { stdin })).toMatchObject({ status: 0 });
    expect(readdirSync(target).sort()).toEqual(['absolute', 'etc', 'loop', 'pool']);
  });
});
