import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runFake } from '../commands/fake-host.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { paxHeader, type TarEntry, writeTar } from '../engines/corpus/tar-header.ts';
import { archiveOf, dockerFiles, json, ociFiles } from '../sources/written-image.ts';

const folder = scratchFolder();

const evil = [
  'esc\u001b[2J\u001b]0;title\u0007',
  'new\nline\r\ttab',
  'c1\u009b31m',
  'bidi\u202etxt.exe\u2066\u200f',
  'zero\u200bwidth\ufeff',
  'del\u007f',
  '\u{e0041}tag',
  'a\u2028b',
].map((name) => Buffer.from(name));
const bytes = [Buffer.from('latin\xe9\x9b', 'latin1'), Buffer.from([0x80, 0xff, 0xfe])];
const long = Buffer.from(`${'n\u001b'.repeat(250_000)}/end`);

function entry(path: Buffer, more: Partial<TarEntry> = {}): TarEntry[] {
  return [
    paxHeader({ path, ...(more.link === undefined ? {} : { linkpath: more.link }) }),
    { ...more, name: 'x', link: '' },
  ];
}

const names = [...evil, ...bytes, long];
const content = 'content'.repeat(1000);
const lower = writeTar(
  names.flatMap((name, at) => [
    ...entry(name, { content: content + at }),
    ...entry(Buffer.concat([Buffer.from('copy-'), name]), { content: content + at }),
  ]),
);
const upper = writeTar(
  names.flatMap((name, at) => [
    ...entry(name, { content: `${content}again${at}` }),
    ...entry(Buffer.concat([Buffer.from('to-'), name]), { type: '2', link: name }),
    ...entry(Buffer.concat([Buffer.from('hard-'), name]), {
      type: '1',
      link: Buffer.concat([Buffer.from('gone-'), name]),
    }),
    ...entry(Buffer.concat([Buffer.from('odd-'), name]), { type: 'Z' }),
    ...entry(Buffer.concat([Buffer.from('../'), name])),
    ...entry(Buffer.concat([Buffer.from('.wh.none-'), name])),
  ]),
);
const texts = evil.map(String);
const image = {
  layers: [{ tar: lower }, { tar: upper }],
  names: texts,
  history: [
    { created_by: `RUN echo ${texts.join(' && ')} # buildkit`, comment: texts[0], author: texts[1] },
    { created_by: texts.join(' '), comment: texts[3] },
    { created_by: `ENV A=${texts.join('')}`, empty_layer: true },
  ],
  config: { os: texts[0], architecture: texts[3], variant: texts[2], created: texts[1] },
};

/** Anything a terminal would act on, but for the ends of lines. */
const unprintable =
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what this looks for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\u{e0041}/u;

test('no name of an image reaches a terminal as it is', async () => {
  const file = join(folder, 'names.tar');
  writeFileSync(file, archiveOf(dockerFiles(image)));
  for (const args of [
    ['analyze', file],
    ['ls', '-R', file],
    ['ls', '-R', file, '--layer', '0'],
    ['ls', '-R', file, '--layer', '1'],
    ['history', file],
  ]) {
    const { status, stdout, stderr } = await runFake(args);
    expect({ status, stderr, args }).toEqual({ status: 0, stderr: '', args });
    expect(unprintable.exec(stdout)).toBeNull();
    expect(stdout).toContain('\\e');
    for (const line of args[0] === 'analyze' ? stdout.split('\n') : []) expect(line.length).toBeLessThan(2000);
  }
});

test('nor does one in an error', async () => {
  const files = ociFiles(image);
  const twice = archiveOf(files);
  const broken = dockerFiles(image);
  broken.set('manifest.json', json([{ Config: texts.join(''), Layers: texts }]));
  const wrong = writeTar([
    ...entry(evil[0] ?? Buffer.alloc(0), { content: '{}' }),
    { name: 'manifest.json', content: json([{ Config: texts[0], Layers: [] }]) },
  ]);
  for (const [args, stdin] of [
    [['-'], twice],
    [[`-#${texts.join('')}`], twice],
    [['-'], archiveOf(broken)],
    [['-'], wrong],
    [['-', '--platform', texts.join('/')], twice],
    [['cat', '-', texts.join('')], archiveOf(dockerFiles(image))],
    [['ls', '-', `${long.toString()}/nope`], archiveOf(dockerFiles(image))],
    [['-', '--report', texts.join('')], twice],
    [['-', texts.join('')], twice],
    [['-', `--${texts.join('')}`], twice],
    [[texts.join('')], twice],
    [[`registry:${texts.join('')}`], twice],
  ] as const) {
    const { status, stdout, stderr } = await runFake(args, { stdin });
    expect({ status, stdout, args }).toEqual({ status: 2, stdout: '', args });
    expect(stderr).toMatch(/^layerscope: [^\n]+\n$/);
    expect(stderr.length).toBeLessThan(15_000);
    expect(unprintable.exec(stderr)).toBeNull();
  }
});

test('JSON has names as they are stored, and stays JSON', async () => {
  const { stdout } = await runFake(['ls', '-R', '-', '--json'], { stdin: archiveOf(dockerFiles(image)) });
  const listed = JSON.parse(stdout) as { path: string; pathBase64?: string }[];
  for (const name of evil) expect(listed.map(({ path }) => path)).toContain(`/${name.toString()}`);
  for (const name of bytes)
    expect(listed.map(({ pathBase64 }) => pathBase64)).toContain(
      Buffer.concat([Buffer.from('/'), name]).toString('base64'),
    );
});
