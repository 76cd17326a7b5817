import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { runFake } from '../commands/fake-host.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { writeTar } from '../engines/corpus/tar-header.ts';
import {
  archiveOf,
  configOf,
  dockerFiles,
  type ImageFiles,
  indexType,
  json,
  layerType,
  manifestType,
  named,
  ociFiles,
  putBlob,
  putImage,
  putIndex,
  sha256,
  writeLayout,
} from './written-image.ts';
import { skippableFrame, storedFrame } from './stored-zstd.ts';

const folder = scratchFolder();
const lower = writeTar([
  { name: 'etc/', type: '5' },
  { name: 'etc/passwd', content: 'root:x:0:0\n' },
  { name: 'big', content: Buffer.alloc(70_000, 'big') },
]);
const upper = writeTar([{ name: 'etc/.wh.passwd' }, { name: 'etc/group', content: 'root:x:0:\n' }]);
const layers = [{ tar: lower }, { tar: upper }];

async function reportOn(args: readonly string[], stdin?: Buffer): Promise<Report> {
  const { status, stdout, stderr } = await runFake(
    ['analyze', '--json', ...args],
    stdin === undefined ? {} : { stdin },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Report;
}

/** The report but for the name it was asked for. */
function nameless({ image, ...rest }: Report): object {
  return { ...rest, image: { ...image, reference: '' } };
}

function write(name: string, bytes: Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** Through a real named pipe, which has no positions and no size. */
async function throughPipe(name: string, bytes: Buffer): Promise<Report> {
  const pipe = join(folder, `${name}.pipe`);
  execFileSync('mkfifo', [pipe]);
  const writer = createWriteStream(pipe);
  writer.end(bytes);
  return reportOn([pipe]);
}

const kinds: readonly (readonly [name: string, source: string, bytes: Buffer])[] = [
  ['docker save', 'docker-archive', archiveOf(dockerFiles({ layers, names: ['demo:1'] }))],
  ['docker 25', 'docker-archive', archiveOf(bothManifests())],
  ['skopeo', 'docker-archive', archiveOf(dockerFiles({ layers, names: ['demo:1'] }, (hex) => `${hex}.tar`))],
  [
    'kaniko',
    'docker-archive',
    archiveOf(
      dockerFiles(
        { layers: layers.map(({ tar }) => ({ tar, blob: gzipSync(tar) })), names: ['demo:1'] },
        (hex) => `${hex}.tar.gz`,
      ),
    ),
  ],
  ['oci archive', 'oci-archive', archiveOf(ociFiles({ layers, names: ['demo:1'] }))],
  [
    'oci archive of gzip and zstd',
    'oci-archive',
    archiveOf(
      ociFiles({
        layers: [
          { tar: lower, blob: gzipSync(lower), mediaType: `${layerType}+gzip` },
          { tar: upper, blob: storedFrame(upper), mediaType: `${layerType}+zstd` },
        ],
        names: ['demo:1'],
      }),
    ),
  ],
];

function bothManifests(): ImageFiles {
  const image = { layers };
  const files: ImageFiles = new Map();
  putIndex(files, [named(putImage(files, image), '1')]);
  const config = `blobs/sha256/${sha256(configOf(image))}`;
  const names = layers.map(({ tar }) => `blobs/sha256/${sha256(tar)}`);
  files.set('manifest.json', json([{ Config: config, RepoTags: ['demo:1'], Layers: names }]));
  return files;
}

describe.each(kinds)('%s', (name, source, bytes) => {
  let fromFile: Report;
  beforeAll(async () => {
    fromFile = await reportOn([write(`${name}.tar`, bytes)]);
  });

  test('from a file', () => {
    expect(fromFile).toMatchObject({
      image: { source, layerCount: 2, fileCount: 2, platform: { os: 'linux', architecture: 'amd64' } },
      waste: { bytes: 11, byCause: { deleted: 11 } },
      warnings: [],
    });
    expect(fromFile.image.names.some((one) => one.endsWith('1'))).toBe(true);
  });

  test('from standard input, a named pipe, and wrapped', async () => {
    const same = nameless(fromFile);
    expect(nameless(await reportOn(['-'], bytes))).toEqual(same);
    expect(nameless(await throughPipe(name, bytes))).toEqual(same);
    const members = Buffer.concat([gzipSync(bytes.subarray(0, 3000)), gzipSync(bytes.subarray(3000))]);
    const frames = Buffer.concat([
      storedFrame(bytes.subarray(0, 700)),
      skippableFrame(Buffer.from('a table of contents')),
      storedFrame(bytes.subarray(700)),
    ]);
    for (const [wrapping, wrapped] of [
      ['gzip', members],
      ['zstd', frames],
    ] as const) {
      expect(nameless(await reportOn([write(`${name}.${wrapping}`, wrapped)]))).toEqual(same);
      expect(nameless(await reportOn(['-'], wrapped))).toEqual(same);
    }
  });

  test('verified', async () => {
    const file = join(folder, `${name}.tar`);
    expect(nameless(await reportOn([file, '--verify']))).toEqual(nameless(fromFile));
    expect(nameless(await reportOn(['-', '--verify'], bytes))).toEqual(nameless(fromFile));
  });

  test('cat and extract from standard input', async () => {
    const big = await runFake(['cat', '-', '/big'], { stdin: gzipSync(bytes) });
    expect(big).toMatchObject({ status: 0, stderr: '' });
    expect(big.bytes.equals(Buffer.alloc(70_000, 'big'))).toBe(true);
    const target = join(folder, `${name}.out`);
    expect(await runFake(['extract', '-', '/', '-o', target], { stdin: bytes })).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(readFileSync(join(target, 'etc/group'), 'utf8')).toBe('root:x:0:\n');
    expect(existsSync(join(target, 'etc/passwd'))).toBe(false);
  });
});

test('an OCI directory, by its path, by kind, and by tag', async () => {
  const files: ImageFiles = new Map();
  const one = putImage(files, { layers: [{ tar: lower }] });
  const two = putImage(files, { layers });
  const layout = writeLayout(join(folder, 'layout'), putIndex(files, [named(one, 'one'), named(two, 'two')]));
  const both = `${layout}: holds 2 images; choose one with ${layout}#TAG or ${layout}#NUMBER: 0 (one), 1 (two)`;
  expect(await runFake([layout])).toMatchObject({ status: 2, stdout: '', stderr: `layerscope: ${both}\n` });
  for (const reference of [`oci:${layout}:two`, `oci:${layout}#two`, `${layout}#two`, `${layout}#1`])
    expect((await reportOn([reference])).image).toMatchObject({
      reference,
      source: 'oci',
      layerCount: 2,
      names: ['two'],
    });
  expect(await runFake([`oci:${layout}:three`])).toMatchObject({
    status: 2,
    stderr: `layerscope: ${layout}: has no image three. It holds: 0 (one), 1 (two)\n`,
  });
  const archive = archiveOf(files);
  expect((await reportOn(['-#one'], archive)).image).toMatchObject({ reference: '-#one', layerCount: 1 });
  expect(await runFake(['-'], { stdin: archive })).toMatchObject({
    status: 2,
    stderr: 'layerscope: standard input: holds 2 images; choose one with -#TAG or -#NUMBER: 0 (one), 1 (two)\n',
  });
  expect(await runFake(['cat', '-#one', '/etc/passwd'], { stdin: archive })).toMatchObject({ stdout: 'root:x:0:0\n' });
});

test('a docker archive of several images: by full name, short name, tag and number', async () => {
  const files = dockerFiles({ layers, names: ['registry.test:5000/team/app:2', 'app:latest'] });
  const other = dockerFiles({ layers: [{ tar: upper }], names: ['tool:3'] });
  const entries = [files, other].flatMap((each) => JSON.parse(String(each.get('manifest.json'))) as object[]);
  const archive = write('several.tar', archiveOf(new Map([...files, ...other, ['manifest.json', json(entries)]])));
  for (const selector of ['registry.test:5000/team/app:2', 'team/app:2', 'app:latest', '2', '0'])
    expect((await reportOn([`${archive}#${selector}`])).image.layerCount).toBe(2);
  expect((await reportOn([`docker-archive:${archive}#1`])).image.names).toEqual(['tool:3']);
});

test('platforms: the one asked for, the only one, or a list', async () => {
  const files: ImageFiles = new Map();
  const arm = { os: 'linux', architecture: 'arm64', variant: 'v8' };
  const s390 = { os: 'linux', architecture: 's390x' };
  const platforms = [arm, s390];
  const manifests = platforms.map((platform, at) => ({
    ...putImage(files, { layers: layers.slice(0, at + 1), platform }),
    platform,
  }));
  const attestation = {
    ...putBlob(files, json({ schemaVersion: 2, config: putBlob(files, json({})), layers: [] }), manifestType),
    platform: { os: 'unknown', architecture: 'unknown' },
  };
  const absent = { digest: `sha256:${'0'.repeat(64)}`, size: 5, platform: { os: 'linux', architecture: 'amd64' } };
  const inner = putBlob(files, json({ schemaVersion: 2, manifests: [...manifests, attestation, absent] }), indexType);
  const outer = putBlob(files, json({ schemaVersion: 2, manifests: [inner] }), indexType);
  const archive = write('platforms.tar', archiveOf(putIndex(files, [named(outer, 'demo')])));
  expect(await runFake([archive])).toMatchObject({
    status: 2,
    stderr: `layerscope: ${archive}: has several platforms and none is this machine's alone; choose one with --platform: linux/arm64, linux/s390x\n`,
  });
  expect(await runFake([archive, '--platform', 'linux/amd64'])).toMatchObject({
    status: 2,
    stderr: `layerscope: ${archive}: has no image for platform linux/amd64. It has: linux/arm64, linux/s390x\n`,
  });
  expect((await reportOn([archive, '--platform', 'linux/aarch64'])).image.layerCount).toBe(1);
  expect((await reportOn([archive, '--platform', 'linux/s390x'])).image.layerCount).toBe(2);
});

test('the platform of this machine wins without being asked for', async () => {
  const files: ImageFiles = new Map();
  const manifests = ['arm64', 'amd64'].map((architecture, at) => ({
    ...putImage(files, { layers: layers.slice(0, at + 1), platform: { os: 'linux', architecture } }),
    platform: { os: 'linux', architecture },
  }));
  const archive = write('host-platform.tar', archiveOf(putIndex(files, manifests)));
  expect((await reportOn([archive])).image).toMatchObject({ layerCount: 2, platform: { architecture: 'amd64' } });
});

test('foreign layers may be absent, others may not', async () => {
  const image = {
    layers: [{ tar: lower, mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar' }, { tar: upper }],
  };
  const files = ociFiles(image);
  files.delete(`blobs/sha256/${sha256(lower)}`);
  const report = await reportOn([write('foreign.tar', archiveOf(files))]);
  expect(report.layers[0]).toMatchObject({ sizeBytes: 0, tarBytes: null, compressedBytes: lower.length });
  expect(report.warnings.map(({ code }) => code)).toEqual(['layer-absent', 'dangling-whiteout']);
  files.delete(`blobs/sha256/${sha256(upper)}`);
  expect(await runFake([write('missing.tar', archiveOf(files))])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: `layerscope: ${folder}/missing.tar: the layer blobs/sha256/${sha256(upper)} is not in it. The archive is incomplete; save the image again.\n`,
  });
});

test('empty layers, of no bytes and of zeros, and manifests without media types', async () => {
  const nothing = { tar: Buffer.alloc(0), mediaType: null };
  const zeros = { tar: Buffer.alloc(1024), mediaType: null };
  const squeezed = { tar: Buffer.alloc(10_240), blob: gzipSync(Buffer.alloc(10_240)), mediaType: null };
  const image = { layers: [nothing, zeros, squeezed, { tar: lower, mediaType: null }] };
  const archive = archiveOf(ociFiles(image));
  const report = await reportOn([write('empty.tar', archive), '--verify']);
  expect(report.layers.map(({ entryCount, tarBytes }) => [entryCount, tarBytes])).toEqual([
    [0, 0],
    [0, 1024],
    [0, 10_240],
    [3, lower.length],
  ]);
  expect(report.warnings).toEqual([]);
  expect(nameless(await reportOn(['-', '--verify'], archive))).toEqual(nameless(report));
});

test('layers that are links to others, as docker save wrote them', async () => {
  const image = { layers: [{ tar: lower }, { tar: upper }, { tar: lower }, { tar: lower }] };
  const files = dockerFiles(image);
  const [first = '', second = ''] = [lower, upper].map((tar) => `${sha256(tar)}/layer.tar`);
  const names = [first, second, 'soft/layer.tar', 'hard.tar'];
  const [{ Config = '' } = {}] = JSON.parse(String(files.get('manifest.json'))) as { Config?: string }[];
  files.set('manifest.json', json([{ Config, Layers: names }]));
  const archive = archiveOf(files, [
    { name: 'soft/layer.tar', type: '2', link: `../${first}` },
    { name: 'hard.tar', type: '1', link: first },
  ]);
  const report = await reportOn([write('links.tar', archive)]);
  expect(report.layers.map(({ entryCount }) => entryCount)).toEqual([3, 2, 3, 3]);
  expect(nameless(await reportOn(['-'], archive))).toEqual(nameless(report));
});

test('a kind that the bytes are not', async () => {
  const file = write('kind.tar', archiveOf(ociFiles({ layers })));
  expect((await runFake([`docker-archive:${file}`])).stderr).toContain('(manifest.json is not there)');
  expect((await reportOn([`oci-archive:${file}`])).image.source).toBe('oci-archive');
});

const given = process.env['LAYERSCOPE_IMAGES'] ?? '../shared/images';
describe.skipIf(!existsSync(given))(`images of other builders (skipped where ${given} is absent)`, () => {
  test.each<[file: string, facts: object]>([
    ['dive/test-docker-image.tar', { source: 'docker-archive', layerCount: 14, sizeBytes: 1_220_598 }],
    ['dive/test-oci-estargz-image.tar', { source: 'oci-archive', layerCount: 1, fileCount: 1, sizeBytes: 11_189 }],
    [
      'buildkit/buildkit-provenance-max.oci.tar',
      { source: 'oci-archive', layerCount: 7, names: ['docker.io/library/demo:1', '1'] },
    ],
    ['buildkit/buildkit-provenance-v1.oci.tar', { source: 'oci-archive', layerCount: 7 }],
    ['buildkit/buildkit-zstd.docker.tar', { source: 'docker-archive', layerCount: 2 }],
    ['buildah/buildah-zstd-chunked.oci.tar', { source: 'oci-archive', layerCount: 2, fileCount: 62 }],
  ])('%s', async (name, facts) => {
    const file = join(given, name);
    const report = await reportOn([file, '--verify']);
    expect(report.image).toMatchObject(facts);
    expect(report.warnings).toEqual([]);
    expect(nameless(await reportOn(['-'], readFileSync(file)))).toEqual(nameless(report));
  });

  test('an eStargz layer keeps its own table of contents out of the filesystem', async () => {
    const { stdout } = await runFake(['ls', '-R', join(given, 'dive/test-oci-estargz-image.tar')]);
    expect(stdout).not.toContain('stargz.index.json');
    expect(stdout).toContain('/README.md\n');
  });
});

test('a writer that stays open does not hold up an answer', async () => {
  // The real process: nothing else shows whether it ends.
  const child = spawn(process.execPath, ['dist/bin.js', 'analyze', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.on('error', () => {});
  child.stdin.write(Buffer.alloc(4096, 'no image'));
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const limit = setTimeout(() => child.kill(), 20_000);
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(limit);
  child.stdin.destroy();
  expect([status, Buffer.concat(errors).toString()]).toEqual([
    2,
    'layerscope: standard input: not a container image (neither a tar nor compressed). Looked for manifest.json (docker save) or oci-layout with index.json (OCI).\n',
  ]);
});
