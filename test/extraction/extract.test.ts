import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import { leftCopies, scratchFolder } from '../commands/scratch-folder.ts';
import { paxHeader, type TarEntry, writeTar } from '../engines/corpus/tar-header.ts';
import { archiveOf, dockerFiles } from '../sources/written-image.ts';

const folder = scratchFolder();
// Other tests have copies of standard input too: these are to be told from theirs.
process.env['TMPDIR'] = folder;
const demo = 'fixtures/demo.tar';

function imageOf(...layers: (readonly TarEntry[])[]): Buffer {
  return archiveOf(dockerFiles({ layers: layers.map((entries) => ({ tar: writeTar(entries) })) }));
}

async function extract(stdin: Buffer, target: string, path = '/', more: readonly string[] = []): Promise<string> {
  const { status, stdout, stderr } = await runFake(['extract', '-', path, '-o', target, ...more], { stdin });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  return stderr;
}

test('names that climb, links that lead out: everything stays inside', async () => {
  const outside = join(folder, 'outside');
  mkdirSync(outside);
  const image = imageOf(
    [
      { name: '../../climbs', content: '1' },
      { name: '/etc/absolute', content: '2' },
      { name: 'out', type: '2', link: outside },
      { name: 'up', type: '2', link: '../../../../../../tmp' },
    ],
    [
      { name: 'out/through', content: '3' },
      { name: 'up/through', content: '4' },
      { name: 'hard', type: '1', link: '../../../../../../etc/passwd' },
    ],
  );
  const target = join(folder, 'inside');
  await extract(image, target);
  expect(readdirSync(outside)).toEqual([]);
  expect(readFileSync(join(target, 'climbs'), 'utf8')).toBe('1');
  expect(readlinkSync(join(target, 'out'))).toBe(outside);
  expect(readFileSync(join(target, outside, 'through'), 'utf8')).toBe('3');
  expect(readFileSync(join(target, 'tmp/through'), 'utf8')).toBe('4');
});

test('nothing that is there is replaced or followed', async () => {
  const image = imageOf([
    { name: 'dir/', type: '5' },
    { name: 'dir/file', content: 'new' },
    { name: 'file', content: 'new' },
  ]);
  const target = join(folder, 'taken');
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(target);
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(target, 'dir'));
  writeFileSync(join(target, 'kept'), 'old');
  const outcome = await runFake(['extract', '-', '/', '-o', target], { stdin: image });
  expect(outcome).toMatchObject({
    status: 2,
    stderr: 'layerscope: dir: exists already. Extract into another directory, or remove it first.\n',
  });
  expect(readdirSync(elsewhere)).toEqual([]);
  expect(readdirSync(target).sort()).toEqual(['dir', 'kept']);
  await extract(image, target, '/file');
  expect(readFileSync(join(target, 'file'), 'utf8')).toBe('new');
  const file = join(folder, 'a file');
  writeFileSync(file, 'old');
  expect((await runFake(['extract', '-', '/', '-o', file], { stdin: image })).status).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('old');
});

test('modes, times, links; no devices and no setuid unless asked for', async () => {
  const image = imageOf([
    { name: 'bin/', type: '5', mode: 0o500 },
    { name: 'bin/su', content: 'su', mode: 0o4755 },
    { name: 'bin/again', type: '1', link: 'bin/su' },
    { name: 'sticky/', type: '5', mode: 0o1777 },
    { name: 'null', type: '3', device: [1, 3] },
    { name: 'disk', type: '4', device: [8, 0] },
    { name: 'pipe', type: '6' },
    paxHeader({ mtime: '1234567890.5' }),
    { name: 'bin/old', content: '', mode: 0o600 },
    { name: 'bin/link', type: '2', link: '/bin/su' },
  ]);
  const target = join(folder, 'modes');
  expect(await extract(image, target)).toBe('layerscope: left out 3 devices and pipes, which are not extracted\n');
  const mode = (path: string): number => lstatSync(join(target, path)).mode & 0o7777;
  expect([mode('bin'), mode('bin/su'), mode('sticky'), mode('bin/old')]).toEqual([0o500, 0o755, 0o777, 0o600]);
  expect(readdirSync(target).sort()).toEqual(['bin', 'sticky']);
  expect(statSync(join(target, 'bin/su')).ino).toBe(statSync(join(target, 'bin/again')).ino);
  expect(statSync(join(target, 'bin/old')).mtimeMs).toBe(1_234_567_890_500);
  expect(statSync(join(target, 'bin')).mtimeMs).toBe(1_700_000_000_000);
  expect(readlinkSync(join(target, 'bin/link'))).toBe('/bin/su');
  const kept = join(folder, 'setuid');
  expect(await extract(image, kept, '/', ['--setuid', '--quiet'])).toBe('');
  expect(lstatSync(join(kept, 'bin/su')).mode & 0o7777).toBe(0o4755);
  expect(lstatSync(join(kept, 'sticky')).mode & 0o7777).toBe(0o1777);
});

test('names that are not UTF-8 keep their bytes', async () => {
  const name = Buffer.from('caf\xe9-\xff', 'latin1');
  const target = join(folder, 'latin');
  await extract(
    imageOf([
      { name, content: 'x' },
      { name: 'to', type: '2', link: name },
    ]),
    target,
  );
  expect(
    readdirSync(target, { encoding: 'buffer' })
      .map((one) => one.toString('latin1'))
      .sort(),
  ).toEqual([name.toString('latin1'), 'to']);
  expect(readlinkSync(join(target, 'to'), { encoding: 'buffer' }).equals(name)).toBe(true);
});

describe('sparse files', () => {
  const size = 64 * 1024 * 1024;
  const map = `1\n${size - 8}\n8\n`;
  const image = imageOf([
    paxHeader({
      'GNU.sparse.major': '1',
      'GNU.sparse.minor': '0',
      'GNU.sparse.name': 'sparse',
      'GNU.sparse.realsize': String(size),
    }),
    {
      name: 'GNUSparseFile.0/sparse',
      content: Buffer.concat([Buffer.from(map), Buffer.alloc(512 - map.length), Buffer.from('at end!\n')]),
    },
  ]);

  test('become sparse again', async () => {
    const target = join(folder, 'sparse');
    await extract(image, target);
    const stats = statSync(join(target, 'sparse'));
    expect(stats.size).toBe(size);
    expect(stats.blocks * 512).toBeLessThan(1024 * 1024);
    expect(readFileSync(join(target, 'sparse')).subarray(-8).toString()).toBe('at end!\n');
  });

  test('come out whole', async () => {
    const { bytes } = await runFake(['cat', '-', '/sparse'], { stdin: image });
    expect(bytes.equals(readFileSync(join(folder, 'sparse/sparse')))).toBe(true);
  });

  test('whose size is a lie of exabytes fail, and leave nothing', async () => {
    const lie = imageOf([
      { name: 'before', content: 'x' },
      paxHeader({ 'GNU.sparse.map': '0,1', 'GNU.sparse.size': '9007199254740991', 'GNU.sparse.name': 'z' }),
      { name: 'z', content: 'x' },
    ]);
    const target = join(folder, 'lie/deep/er');
    const outcome = await runFake(['extract', '-', '/', '-o', target], { stdin: lie });
    expect(outcome.status).toBe(2);
    expect(outcome.stderr).toMatch(/^layerscope: z: cannot be written \(.*\)\.\n$/);
    expect(existsSync(join(folder, 'lie'))).toBe(false);
    expect(await runFake(['analyze', '-'], { stdin: lie })).toMatchObject({ status: 0 });
  });
});

test('a failure halfway takes everything back, copies and read-only directories included', async () => {
  const image = imageOf([
    { name: 'a/', type: '5', mode: 0o500 },
    { name: 'a/b/', type: '5', mode: 0 },
    { name: 'a/b/file', content: 'x' },
    paxHeader({ path: `z/${'n'.repeat(300)}` }),
    { name: 'z', content: 'a name that no filesystem takes' },
  ]);
  const target = join(folder, 'half');
  mkdirSync(target);
  const outcome = await runFake(['extract', '-', '/', '-o', target], { stdin: image });
  expect(outcome).toMatchObject({ status: 2, stdout: '' });
  expect(outcome.stderr).toMatch(/cannot be written \(ENAMETOOLONG.*\)\.\n$/);
  expect(readdirSync(target)).toEqual([]);
  expect(leftCopies(folder)).toEqual([]);
});

test('a damaged layer takes everything back', async () => {
  const tar = writeTar([
    { name: 'a', content: 'x' },
    { name: 'b', content: Buffer.alloc(100_000) },
  ]);
  const archive = join(folder, 'damaged.tar');
  writeFileSync(archive, archiveOf(dockerFiles({ layers: [{ tar, blob: gzipSync(tar).subarray(0, -30) }] })));
  expect(await runFake(['extract', archive, '/', '-o', join(folder, 'damaged')])).toMatchObject({ status: 2 });
  expect(existsSync(join(folder, 'damaged'))).toBe(false);
});

test('the demo image, as tar would unpack it layer by layer', async () => {
  const mine = join(folder, 'demo');
  expect(await runFake(['extract', demo, '/srv', '-o', mine])).toMatchObject({ status: 0, stderr: '' });
  const listed = JSON.parse((await runFake(['ls', '-R', demo, '/srv', '--json'])).stdout) as {
    path: string;
    type: string;
    mode: number;
    size: number;
  }[];
  expect(listed.length).toBeGreaterThan(20);
  for (const { path, type, mode, size } of listed) {
    const stats = lstatSync(join(mine, path));
    expect([path, stats.isDirectory() ? 'dir' : stats.isSymbolicLink() ? 'symlink' : 'file']).toEqual([path, type]);
    if (type !== 'symlink') expect([path, stats.mode & 0o777]).toEqual([path, mode & 0o777]);
    if (type === 'file') expect([path, stats.size]).toEqual([path, size]);
  }
});

const read = (name: string): Buffer => execFileSync('tar', ['-xOf', demo, name], { maxBuffer: 2 ** 28 });
const blob = (digest = ''): string => `blobs/${digest.replace(':', '/')}`;
const manifest = (): string[] => {
  const index = JSON.parse(String(read('index.json'))) as { manifests: { digest: string }[] };
  const found = JSON.parse(String(read(blob(index.manifests[0]?.digest)))) as { layers: { digest: string }[] };
  return found.layers.map(({ digest }) => blob(digest));
};

describe('every file of the demo image', () => {
  const reference = join(folder, 'reference');
  test('has the bytes that tar unpacks', async () => {
    mkdirSync(reference);
    for (const name of manifest()) {
      const blob = execFileSync('tar', ['-xOf', demo, name], { maxBuffer: 2 ** 28 });
      const result = spawnSync('tar', ['-xzf', '-', '-C', reference, '--no-same-owner'], { input: blob });
      expect([result.status, String(result.stderr)]).toEqual([0, '']);
    }
    const { stdout } = await runFake(['ls', '-R', demo, '--json']);
    const files = (JSON.parse(stdout) as { path: string; type: string }[]).filter(({ type }) => type === 'file');
    expect(files.length).toBeGreaterThan(40);
    const target = join(folder, 'whole');
    expect(await runFake(['extract', demo, '/', '-o', target, '--quiet'])).toMatchObject({ status: 0 });
    for (const { path } of files)
      expect([path, readFileSync(join(target, path)).equals(readFileSync(join(reference, path)))]).toEqual([
        path,
        true,
      ]);
    for (const { path } of files.filter((_, at) => at % 10 === 0)) {
      const { bytes } = await runFake(['cat', demo, path]);
      expect([path, bytes.equals(readFileSync(join(reference, path)))]).toEqual([path, true]);
    }
  });
});

test('cat follows links, also those in the way, inside the image', async () => {
  const stdin = imageOf(
    [
      { name: 'usr/lib/', type: '5' },
      { name: 'usr/lib/so.1', content: 'library' },
      { name: 'lib', type: '2', link: 'usr/lib' },
    ],
    [
      { name: 'usr/lib/so', type: '2', link: 'so.1' },
      { name: 'abs', type: '2', link: '/../../lib/so' },
      { name: 'hard', type: '1', link: 'usr/lib/so.1' },
      { name: 'dangling', type: '2', link: 'nowhere' },
      { name: 'pipe', type: '6' },
    ],
  );
  for (const path of ['/usr/lib/so.1', 'lib/so', '/abs', '/lib/../../abs', 'hard'])
    expect(await runFake(['cat', '-', path], { stdin })).toMatchObject({ status: 0, stdout: 'library', stderr: '' });
  for (const [path, says] of [
    ['/dangling', '/dangling: no such file in the image.'],
    ['/lib', '/lib: is a dir, not a regular file.'],
    ['/pipe', '/pipe: is a fifo, not a regular file.'],
    ['/usr/lib/so.1/x', '/usr/lib/so.1/x: no such file in the image.'],
  ] as const)
    expect(await runFake(['cat', '-', path], { stdin })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `layerscope: ${says}\n`,
    });
});
