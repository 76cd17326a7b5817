import { execFileSync } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const demo = 'fixtures/demo.tar';
const folder = scratchFolder();
const packageVersion = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

test('analyze prints a page, and is what an image alone means', async () => {
  const analyzed = await runFake(['analyze', demo]);
  expect(analyzed).toMatchObject({ status: 0, stderr: '' });
  expect(analyzed.stdout.split('\n').slice(0, 2)).toEqual([
    'fixtures/demo.tar  noteboard:latest  oci-archive · linux/amd64 · 2026-11-21',
    '5.8 MB (1.5 MB compressed) in 13 layers, 314 files · 2.2 MB wasted (38 %)',
  ]);
  expect(analyzed.stdout).not.toContain('\u001b');
  expect(await runFake([demo])).toEqual(analyzed);
});

test('what follows -- is no option, whatever it looks like', async () => {
  const plain = await runFake(['analyze', demo, '--json']);
  expect(await runFake(['analyze', '--json', '--', demo])).toEqual(plain);
  expect(await runFake(['--json', '--', demo])).toEqual(plain);
  expect(await runFake(['analyze', '--', '--json'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr:
      'layerscope: --json: no such file or directory. Give a path to an image archive or OCI layout, or - for standard input.\n',
  });
  expect(await runFake(['ls', demo, '--', '-x'])).toMatchObject({
    status: 2,
    stderr: 'layerscope: -x: no such file in the image.\n',
  });
});

test('--json is --report json', async () => {
  const { status, stdout, stderr } = await runFake(['analyze', demo, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, image: { reference: demo, layerCount: 13 } });
  expect((await runFake([demo, '--report', 'json'])).stdout).toBe(stdout);
});

test('several reports go where each is wanted', async () => {
  const file = join(folder, 'report.json');
  const both = await runFake([demo, '--report', 'text', '--report', `json=${file}`]);
  expect(both).toMatchObject({ status: 0, stderr: '', stdout: (await runFake([demo])).stdout });
  expect(readFileSync(file, 'utf8')).toBe((await runFake([demo, '--json'])).stdout);
  const again = await runFake([demo, '--report', `json=${file}`]);
  expect(again).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('a report that cannot be written is an error, and nothing is left or printed', async () => {
  const place = join(folder, 'reports');
  mkdirSync(place);
  const { status, stdout, stderr } = await runFake([demo, '--json', '--report', `text=${place}/no/such/report`]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^layerscope: .*no\/such\/report: cannot be written \(ENOENT.*\)\.\n$/);
  expect(await runFake([demo, '--report', `text=${place}`])).toMatchObject({ status: 2, stdout: '' });
  expect(readdirSync(place)).toEqual([]);
});

test('a report through a symbolic link keeps the link', async () => {
  const target = join(folder, 'target.txt');
  writeFileSync(target, 'old');
  symlinkSync(target, join(folder, 'link.txt'));
  expect(await runFake([demo, '--report', `text=${join(folder, 'link.txt')}`])).toMatchObject({ status: 0 });
  expect(readFileSync(target, 'utf8')).toBe((await runFake([demo])).stdout);
});

test('ls lists a directory, one path, a tree, and one layer', async () => {
  const etc = await runFake(['ls', demo, '/etc/noteboard']);
  expect(etc).toMatchObject({ status: 0, stderr: '' });
  expect(etc.stdout).toMatch(
    /^-rw-r--r-- {8}0:0 {2}\d+ {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}\/etc\/noteboard\/noteboard\.conf\n$/,
  );
  expect((await runFake(['ls', demo, 'etc/noteboard/noteboard.conf'])).stdout).toBe(etc.stdout);
  const all = await runFake(['ls', '-R', demo, '--json']);
  const paths = (JSON.parse(all.stdout) as { path: string }[]).map(({ path }) => path);
  expect(paths).toContain('/bin/busybox');
  expect(paths).toEqual([...paths].sort());
  const layer = await runFake(['ls', demo, '-R', '--layer', '11', '--json']);
  expect((JSON.parse(layer.stdout) as { path: string }[]).map(({ path }) => path)).toContain('/opt/.wh.tools');
});

test('history is a Dockerfile, or JSON', async () => {
  const { status, stdout, stderr } = await runFake(['history', demo]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^# fixtures\/demo\.tar: linux\/amd64, 13 layers, created .*\nFROM scratch\n/);
  expect(stdout).toContain('\n# layer 4: 484 kB\nCOPY /build build/\n');
  expect(stdout).toMatch(/\nENTRYPOINT \["\/srv\/noteboard\/server\/start.sh"\]\n$/);
  const asJson = JSON.parse((await runFake(['history', demo, '--json'])).stdout) as { steps: unknown[] };
  expect(asJson.steps.at(-1)).toMatchObject({ layer: null, keyword: 'ENTRYPOINT' });
});

test('cat prints a file, and nothing else', async () => {
  const { status, stdout, stderr } = await runFake(['cat', demo, '/etc/noteboard/noteboard.conf']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('listen=8080\n');
});

test.each<[what: string, args: string[], says: string]>([
  ['nothing', [], 'The image is missing. See layerscope --help.'],
  ['no image', ['analyze'], 'An argument is missing: got 0, need at least 1. See layerscope --help.'],
  ['no path', ['cat', demo], 'An argument is missing: got 1, need at least 2. See layerscope --help.'],
  ['one argument too many', ['ls', demo, '/etc', 'extra'], 'Unknown argument: extra. See layerscope --help.'],
  [
    'an unknown command',
    ['frobnicate', demo],
    `Unknown argument: ${demo} (frobnicate is no command). See layerscope --help.`,
  ],
  ['an unknown option', [demo, '--bogus'], 'Unknown argument: bogus. See layerscope --help.'],
  [
    'an unknown format',
    [demo, '--report', 'xml'],
    '--report xml: no such format. There are: text, json, markdown, sarif, junit, github',
  ],
  [
    'a format of every object',
    [demo, '--report', 'constructor'],
    '--report constructor: no such format. There are: text, json, markdown, sarif, junit, github',
  ],
  ['no format', [demo, '--report'], 'Not enough arguments following: report. See layerscope --help.'],
  ['no report file', [demo, '--report', 'json='], '--report json=: the file name is missing.'],
  ['no platform', [demo, '--platform'], 'Not enough arguments following: platform. See layerscope --help.'],
  [
    'half a platform',
    [demo, '--platform', 'linux'],
    '--platform linux: expected os/architecture or os/architecture/variant, such as linux/arm64.',
  ],
  ['no number', ['ls', demo, '--layer', 'top'], '--layer: expected the number of a layer.'],
  ['no such layer', ['ls', demo, '--layer', '13'], '--layer 13: the image has layers 0 to 12.'],
  ['no such path', ['ls', demo, '/nope'], '/nope: no such file in the image.'],
  ['no such file', ['cat', demo, '/nope'], '/nope: no such file in the image.'],
  ['a directory', ['cat', demo, '/etc'], '/etc: is a dir, not a regular file.'],
  ['no target', ['extract', demo, '/etc'], 'Missing required argument: output. See layerscope --help.'],
  ['an empty name', [''], 'The image: the path is missing.'],
  [
    'no name of an image',
    ['registry:App'],
    'registry:App: not the name of an image; expected something like registry:ghcr.io/acme/app:1.2.',
  ],
  ['no name for an engine', ['docker:'], 'docker:: the name of the image is missing.'],
  ['half a login', ['registry:app', '--username', 'me'], '--username and --password-stdin go together.'],
  [
    'image and password on standard input',
    ['-', '--username', 'me', '--password-stdin'],
    '--password-stdin: standard input is the image already.',
  ],
  [
    'no password',
    ['registry:localhost/app', '--username', 'me', '--password-stdin'],
    '--password-stdin: standard input is empty.',
  ],
])('%s: one line, status 2, and no work done', async (_what, args, says) => {
  expect(await runFake(args)).toMatchObject({ status: 2, stdout: '', stderr: `layerscope: ${says}\n` });
});

test('cat reads a named pipe, of which a copy is kept meanwhile', async () => {
  const pipe = join(folder, 'image.pipe');
  execFileSync('mkfifo', [pipe]);
  createWriteStream(pipe).end(readFileSync(demo));
  const { status, stdout, stderr } = await runFake(['cat', pipe, '/etc/passwd']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe((await runFake(['cat', demo, '/etc/passwd'])).stdout);
  expect(stdout).not.toBe('');
});

test('the last of an option given twice counts', async () => {
  expect(await runFake([demo, '--platform', 'nonsense', '--platform', 'linux/amd64'])).toMatchObject({ status: 0 });
});

test('help and version go to the output of the host', async () => {
  const help = await runFake(['--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  for (const command of ['analyze', 'ls', 'cat', 'extract', 'history'])
    expect(help.stdout).toContain(`  layerscope ${command} <image>`);
  const analyze = await runFake(['analyze', '--help']);
  expect(analyze).toMatchObject({ status: 0, stderr: '' });
  expect(analyze.stdout).toContain('--report');
  for (const args of [['--version'], ['-v'], ['analyze', '--version']])
    expect(await runFake(args)).toMatchObject({ status: 0, stdout: `${packageVersion}\n`, stderr: '' });
});

test.each([[['ls', '--help']], [['ls', '-Rh']], [['ls', 'help']], [['ls', demo, '-h']]])(
  '%j asks for the help of ls',
  async (args) => {
    const { status, stdout, stderr } = await runFake(args);
    expect([status, stderr, stdout.split('\n', 1)[0]]).toEqual([0, '', 'layerscope ls <image> [path]']);
  },
);

test('a command may stand behind options', async () => {
  const expected = await runFake(['ls', demo, '--platform', 'linux/amd64']);
  expect(expected.status).toBe(0);
  expect(await runFake(['--platform', 'linux/amd64', 'ls', demo])).toEqual(expected);
});

test('an image may have the name of a command', async () => {
  // A proxy that is not there, for nobody outside is to be asked.
  const { status, stderr } = await runFake(['analyze', 'ls'], { env: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^layerscope: ls: not found\. There is no such file\. .*127\.0\.0\.1:1/);
});

test.each<[what: string, args: string[], env: Record<string, string>, terminal: boolean, colored: boolean]>([
  ['a file', [], {}, false, false],
  ['a terminal', [], {}, true, true],
  ['a dumb terminal', [], { TERM: 'dumb' }, true, false],
  ['NO_COLOR', [], { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR', [], { NO_COLOR: '' }, true, true],
  ['--no-color', ['--no-color'], {}, true, false],
  ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, true, false],
  ['both', [], { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
])('colours: %s', async (_what, args, env, terminal, colored) => {
  for (const command of ['analyze', 'history']) {
    const { stdout } = await runFake([command, demo, ...args], { env, terminal, columns: 100 });
    expect(stdout.includes('\u001b[')).toBe(colored);
  }
});

test('colours never go to a file or into JSON', async () => {
  const file = join(folder, 'plain.txt');
  const options = { env: { FORCE_COLOR: '1' }, terminal: true };
  const { stdout } = await runFake([demo, '--json', '--report', `text=${file}`], options);
  expect(stdout + readFileSync(file, 'utf8')).not.toContain('\u001b');
});

test('a reader that has seen enough is no error', async () => {
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  for (const args of [
    [demo],
    ['ls', '-R', demo, '--json'],
    ['cat', demo, '/bin/busybox'],
    ['history', demo],
    ['--help'],
    ['--version'],
  ])
    expect(await runFake(args, { onWrite: () => gone })).toMatchObject({ status: 0, stderr: '' });
});

test('output that cannot be written is an error', async () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  for (const args of [[demo], ['ls', demo], ['cat', demo, '/bin/busybox'], ['--version']])
    expect(await runFake(args, { onWrite: () => full })).toMatchObject({
      status: 2,
      stderr: 'layerscope: Standard output: cannot be written (no space left on device).\n',
    });
});

test('LAYERSCOPE_DEBUG shows where an error is from', async () => {
  const { stderr } = await runFake(['./nosuch'], { env: { LAYERSCOPE_DEBUG: '1' } });
  expect(stderr.split('\n')[0]).toBe(
    'layerscope: ./nosuch: no such file or directory. Give a path to an image archive or OCI layout, or - for standard input.',
  );
  expect(stderr).toContain('    at ');
  expect(existsSync('nosuch')).toBe(false);
});
