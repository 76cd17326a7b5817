import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/comparison/comparison.ts';
import type { Sharing } from '../../src/comparison/sharing.ts';
import type { Report } from '../../src/report/report.ts';
import { schema } from '../report/schema.ts';
import { archiveOf, dockerFiles, type ImageToWrite, layerType, ociFiles } from '../sources/written-image.ts';
import { file, layer } from '../write-layer.ts';
import { type FakeOptions, type Outcome, runFake } from './fake-host.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const at = (name: string): string => join(folder, name);
const diffSchema = schema('diff.v1.json');
const sharingSchema = schema('sharing.v1.json');

const step = (created_by: string): object => ({ created_by });
const history = [
  step('ADD rootfs.tar / # buildkit'),
  step('RUN /bin/sh -c make lib # buildkit'),
  step('COPY app /app # buildkit'),
];
const base = layer({ 'bin/sh': file(100_000), 'etc/passwd': file(30) });
const oldLayers = [
  base,
  layer({ 'usr/lib/a': file(20_000), 'usr/lib/b': file(7000) }),
  layer({ 'app/main': file(500) }),
];
const newLayers = [
  base,
  layer({ 'usr/lib/a': file(20_000), 'usr/lib/b': file(9000), 'usr/lib/c': file(300_000) }),
  layer({ 'app/other': file(510) }),
];

function save(name: string, layers: readonly Buffer[], how = dockerFiles, more: Partial<ImageToWrite> = {}): string {
  writeFileSync(at(name), archiveOf(how({ layers: layers.map((tar) => ({ tar })), history, ...more })));
  return at(name);
}

const old = save('old.tar', oldLayers);
const now = save('new.tar', newLayers);
const oldDockerfile = at('Dockerfile.old');
writeFileSync(oldDockerfile, 'FROM scratch\nADD rootfs.tar /\nRUN make lib\nCOPY app /app\n');
const dockerfile = at('Dockerfile');
writeFileSync(dockerfile, '# more\nFROM scratch\nADD rootfs.tar /\n\nRUN make lib\nCOPY app /app\n');

/** What a run printed, with the folder's name taken out. */
async function diff(args: readonly string[], options: FakeOptions = {}): Promise<Outcome> {
  const { stdout, stderr, ...outcome } = await runFake(['diff', ...args], options);
  return { ...outcome, stdout: stdout.replaceAll(`${folder}/`, ''), stderr: stderr.replaceAll(`${folder}/`, '') };
}

async function compared(args: readonly string[], options: FakeOptions = {}): Promise<Comparison> {
  const { status, stdout, stderr } = await diff([...args, '--json'], options);
  expect([status, stderr]).toEqual([0, '']);
  const value = JSON.parse(stdout) as Comparison;
  diffSchema(value);
  return value;
}

describe('two images', () => {
  test('a page for people: the verdict first, then where it comes from', async () => {
    const { status, stdout } = await diff([old, now, '-d', dockerfile]);
    expect(status).toBe(0);
    expect(stdout).toBe(`+302 kB (+237 %): line 5 adds 302 kB more
old.tar -> new.tar

        before     now  change
size    128 kB  430 kB  +302 kB (+237 %)
wasted     0 B     0 B
files        5       6  +1 (+20 %)
layers       3       3

Growth by line  Dockerfile
 change   before     now  line
+302 kB  27.0 kB  329 kB  5     RUN make lib
  +10 B    500 B   510 B  6     COPY app /app
and 1 step without a change

Files  2 added (+301 kB) · 1 removed (-500 B) · 1 grown (+2.0 kB)
 change         by          where
+300 kB  new    line 5      /usr/lib/c
+2.0 kB  grown  line 5      /usr/lib/b
 +510 B  new    line 6      /app/other
 -500 B  gone   was line 6  /app/main

Layers  1 shared (100 kB) · 2 new (330 kB) · 2 gone (27.5 kB)
Pull  a host that has the old image fetches 2 layers, 334 kB before compression
`);
  });

  test('without a Dockerfile, steps and layers stand for lines', async () => {
    const { stdout } = await diff([old, now]);
    expect(stdout).toContain('+302 kB (+237 %): RUN make lib adds 302 kB more\n');
    expect(stdout).toContain('+302 kB  27.0 kB  329 kB  RUN make lib\n');
    expect(stdout).toContain('-500 B  gone   was layer 2  /app/main\n');
  });

  test('a line that is gone is told by where it was', async () => {
    const less = at('Dockerfile.less');
    writeFileSync(less, 'FROM scratch\nADD rootfs.tar /\nCOPY app /app\n');
    const lean = save('lean.tar', [base, layer({ 'app/main': file(600) })], dockerFiles, {
      history: history.filter((_, step) => step !== 1),
    });
    const { stdout } = await diff([old, lean, '-d', less, '--old-dockerfile', oldDockerfile]);
    expect(stdout).toMatch(/^-26\.9 kB \(-21 %\): line 3 of before is gone, and 27\.0 kB with it\n/);
    expect(stdout).toContain('Growth by line  Dockerfile.less\n');
    expect(stdout).toMatch(
      /\+100 B +500 B +600 B +3 +COPY app \/app\n-27\.0 kB +27\.0 kB +was Dockerfile\.old:3 +gone +RUN make lib\n/,
    );
  });

  test('the same image twice', async () => {
    const { stdout } = await diff([now, now]);
    expect(stdout).toMatch(/^The same size: the layers are the same\n/);
    expect(stdout).toContain('Files  none is added, removed, grown or shrunk\n');
    expect(stdout).toContain('fetches nothing\n');
    expect(stdout).not.toContain('Growth');
  });

  test('what shrank is told as such', async () => {
    const { stdout } = await diff([now, old, '-d', dockerfile]);
    expect(stdout).toMatch(/^-302 kB \(-70 %\): line 5 adds 302 kB less\n/);
    const { stdout: less } = await diff([
      now,
      save('less.tar', newLayers.slice(0, 1), dockerFiles, { history: history.slice(0, 1) }),
    ]);
    expect(less).toMatch(/^-330 kB \(-77 %\): RUN make lib is gone, and 329 kB with it\n/);
  });

  test('markdown, with nothing in it that markdown would act on', async () => {
    const { stdout } = await diff([old, now, '-d', dockerfile, '--report', 'markdown']);
    expect(stdout).toContain('| +302 kB | 27.0 kB | 329 kB | 5 |  | ` RUN make lib ` |');
    expect(stdout).toContain(
      '<details><summary>Files: 2 added (+301 kB) · 1 removed (-500 B) · 1 grown (+2.0 kB)</summary>',
    );
    const evil = save('evil.tar', [layer({ 'a`|<img src=x>\u001b[31m': file(5) })], dockerFiles, {
      history: [step('RUN echo `|</details><script>` \u001b]0;x # buildkit')],
    });
    for (const format of ['markdown', 'text']) {
      const { stdout: shown } = await diff([old, evil, '--report', format]);
      expect(shown).not.toContain('\u001b');
      if (format === 'markdown') expect(shown).toContain('`` RUN echo `\\|</details><script>` \\e]0;x ``');
    }
  });

  test('JSON, the same bytes each time, and all figures hold together', async () => {
    const { stdout } = await diff([old, now, '--json']);
    expect((await diff([old, now, '--json'])).stdout).toBe(stdout);
    const { size, lines, files, layers, pull, base: baseChange } = await compared([old, now]);
    expect(lines.reduce((sum, { change }) => sum + change, 0)).toBe(size.change);
    expect(files?.entries.map(({ change }) => change)).toEqual([300_000, 2000, 510, -500]);
    expect(layers.shared.map(({ index, oldIndex }) => [index, oldIndex])).toEqual([[0, 0]]);
    expect(baseChange).toBeNull();
    const tarBytes = (newLayers[1]?.length ?? 0) + (newLayers[2]?.length ?? 0);
    const amount = { layers: 2, compressedBytes: null, tarBytes };
    expect(pull).toEqual({ podman: amount, containerd: amount, docker: amount });
  });

  test('each image has its own Dockerfile, where that is said', async () => {
    const { files, lines } = await compared([old, now, '-d', dockerfile, '--old-dockerfile', oldDockerfile]);
    expect(files?.entries.find(({ kind }) => kind === 'removed')?.line).toBe(4);
    expect(lines.find(({ text }) => text === 'COPY app /app')?.location).toEqual({
      file: 'Dockerfile',
      startLine: 6,
      endLine: 6,
    });
  });

  test('a layer that was only compressed anew is the same layer, and another blob', async () => {
    const oci = (name: string, level: number): string => {
      writeFileSync(
        at(name),
        archiveOf(
          ociFiles({
            layers: oldLayers.map((tar) => ({ tar, blob: gzipSync(tar, { level }), mediaType: `${layerType}+gzip` })),
            history,
          }),
        ),
      );
      return at(name);
    };
    const { layers, pull } = await compared([oci('fast.tar', 1), oci('small.tar', 9)]);
    expect([layers.shared.length, layers.added.length]).toEqual([3, 0]);
    expect([pull.podman.layers, pull.containerd.layers, pull.docker.layers]).toEqual([3, 0, 3]);
    expect(pull.podman.compressedBytes).toBe(
      oldLayers.reduce((sum, tar) => sum + gzipSync(tar, { level: 9 }).length, 0),
    );
  });

  test('standard input can be one of them', async () => {
    const { size } = await compared([old, '-'], { stdin: readFileSync(now) });
    expect(size.change).toBe(302_010);
    expect((await compared(['-', now], { stdin: readFileSync(old) })).size.change).toBe(302_010);
    expect(await diff(['-', '-'])).toMatchObject({
      status: 2,
      stderr: 'layerscope: diff: standard input can be one of the images only.\n',
    });
  });

  test('reports go to files, and to standard output', async () => {
    const { status, stdout } = await diff([old, now, '--report', 'text', '--report', `json=${at('diff.json')}`]);
    expect([status, stdout.slice(0, 7)]).toEqual([0, '+302 kB']);
    diffSchema(JSON.parse(readFileSync(at('diff.json'), 'utf8')));
  });
});

describe('a saved report', () => {
  test('stands for its image on either side, without the files', async () => {
    const { stdout: saved } = await runFake(['analyze', old, '--json']);
    writeFileSync(at('old.json'), `\n ${saved}`);
    const images = await compared([old, now]);
    for (const [one, other, change] of [
      [at('old.json'), now, 302_010],
      [now, `report:${at('old.json')}`, -302_010],
    ] as const) {
      const { size, files, layers, lines } = await compared([one, other]);
      expect([size.change, files]).toEqual([change, null]);
      expect(layers.shared).toHaveLength(1);
      expect(lines).toHaveLength(images.lines.length);
    }
    expect(await compared([at('old.json'), now])).toEqual({ ...images, files: null });
    expect((await diff([at('old.json'), now])).stdout).toContain(
      'Files  not known: a saved report has no list of them\n',
    );
  });

  test('a hostile one is told in few words, none of which a terminal or a page acts on', async () => {
    const { stdout } = await runFake(['analyze', old, '-d', dockerfile, '--json']);
    const report = JSON.parse(stdout) as Report;
    const long = `\u001b[2J<script>|\`${'x'.repeat(1_000_000)}`;
    const layers = report.layers.map((each) => ({
      ...each,
      history: { createdBy: long, created: null, comment: long, author: long },
      instruction: {
        file: long,
        startLine: Number.MAX_SAFE_INTEGER,
        endLine: 0,
        stage: long,
        keyword: long,
        text: long,
      },
    }));
    writeFileSync(at('evil.json'), JSON.stringify({ ...report, image: { ...report.image, reference: long }, layers }));
    for (const args of [[], ['--report', 'markdown'], [now], [now, '--report', 'markdown']]) {
      const { status, stdout: shown } = await diff([at('evil.json'), now, ...args]);
      expect(status).toBe(0);
      expect(shown.length).toBeLessThan(8000);
      expect(shown).not.toContain('\u001b');
    }
  });

  test('one that is none is refused', async () => {
    writeFileSync(at('other.json'), '{"name":"app"}');
    expect(await diff([at('other.json'), now])).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'layerscope: other.json: no report to compare with: it is JSON of another kind. Expected is what layerscope analyze IMAGE --report json=FILE writes.\n',
    });
    const { stdout: outline } = await runFake(['analyze', old, '--json', '--metadata-only']);
    writeFileSync(at('outline.json'), outline);
    expect((await diff([at('outline.json'), now])).stderr).toMatch(
      /it was made with --metadata-only, so it has no sizes/,
    );
    expect((await diff([`report:${now}`, now])).stderr).toMatch(/it is not JSON/);
  });
});

describe('more images', () => {
  test('which layers they share, and what each has alone', async () => {
    const { stdout, status } = await diff([old, now, old]);
    expect(status).toBe(0);
    expect(stdout).toBe(`3 images take 457 kB together, 685 kB if they shared nothing

#    size   alone  shared  layers  image
1  128 kB     0 B  128 kB       3  old.tar
2  430 kB  330 kB  100 kB       3  new.tar
3  128 kB     0 B  128 kB       3  old.tar

Shared layers
   size  in
 100 kB  all  ADD rootfs.tar /
27.0 kB  1 3  RUN make lib
  500 B  1 3  COPY app /app
`);
    const sharing = JSON.parse((await diff([old, now, '-', '--json'], { stdin: readFileSync(old) })).stdout) as Sharing;
    sharingSchema(sharing);
    expect(sharing.images.map(({ uniqueBytes }) => uniqueBytes)).toEqual([0, 329_510, 0]);
    expect((await diff([old, now, old, '--report', 'markdown'])).stdout).toContain('| 2 | 430 kB | 330 kB | 100 kB |');
  });
});

test.each([
  [['one.tar'], /^layerscope: An argument is missing/],
  [[old, at('none.tar')], /^layerscope: none\.tar: no such file or directory/],
  [[at('none.tar'), now], /^layerscope: none\.tar: no such file or directory/],
  [[old, now, '--report', 'sarif'], /--report sarif: no such format\. There are: text, json, markdown\n$/],
  [[old, now, '--old-dockerfile', at('none')], /none: no such file/],
  [[old, now, old, '--username', 'ann'], /with three images and more, log in with docker login before\.\n$/],
] as const)('%j fails with one line', async (args, message) => {
  const { status, stdout, stderr } = await diff(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr.split('\n')).toHaveLength(2);
});
