import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { temporaryFolder } from '../scan-layer.ts';
import { sharedImage } from '../shared-images.ts';
import { archiveOf, dockerFiles } from '../sources/written-image.ts';
import { file, layer, whiteout } from '../write-layer.ts';
import { runFake } from './fake-host.ts';

const demo = ['fixtures/demo.tar', '-d', 'fixtures/demo/Dockerfile'];

async function reportFor(args: readonly string[], stdin?: Buffer): Promise<Report> {
  const { status, stdout, stderr } = await runFake(
    ['analyze', '--json', ...args],
    stdin === undefined ? {} : { stdin },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Report;
}

const lines = ({ layers }: Report): (string | null)[] =>
  layers.map(({ instruction }) => instruction && `${instruction.startLine} ${instruction.confidence}`);

describe('analyze -d on the demo image', () => {
  test('names the line of every layer, and what is the base', async () => {
    const report = await reportFor(demo);
    expect(lines(report)).toEqual([
      null,
      ...[15, 18, 19, 23, 24, 26, 27, 28, 31, 34, 36, 39].map((line) => `${line} exact`),
    ]);
    expect(report.layers.map(({ origin }) => origin)).toEqual(['base', ...Array.from({ length: 12 }, () => 'own')]);
    expect(report.waste).toMatchObject({ bytes: 2_195_393, base: { bytes: 79 }, own: { bytes: 2_195_314 } });
    expect((report.image.baseBytes ?? 0) + (report.image.ownBytes ?? 0)).toBe(report.image.sizeBytes);
    expect(report.dockerfile).toMatchObject({
      builder: 'buildkit',
      baseLayers: 1,
      unmatchedLayers: 0,
      unmatchedInstructions: 0,
    });
  });

  test('adds up to the image, line by line', async () => {
    const { dockerfile, image, waste } = await reportFor(demo);
    const sum = (key: 'addedBytes' | 'visibleBytes' | 'wastedBytes' | 'wastesBytes'): number =>
      (dockerfile?.instructions ?? []).reduce((total, line) => total + line[key], 0);
    expect(sum('addedBytes')).toBe(image.ownBytes);
    expect(sum('wastedBytes')).toBe(waste.own.bytes);
    expect(sum('wastesBytes')).toBe(waste.bytes);
    expect(sum('visibleBytes')).toBe((image.ownBytes ?? 0) - (waste.own.bytes ?? 0));
  });

  test('names the two lines of each wasted file', async () => {
    const { waste } = await reportFor(demo);
    const lists = waste.files.find(({ path }) => path === '/var/cache/packages/lists/main');
    expect(lists?.copies).toEqual([{ layer: 3, bytes: 440_091, wastedByLayer: 11, line: 19, wastedByLine: 36 }]);
  });

  test('puts findings on lines, in the page and in markdown', async () => {
    const { findings } = await reportFor(demo);
    expect(findings.map(({ rule, location }) => `${rule} ${location?.startLine}`)).toEqual([
      'deleted-later 19',
      'deleted-later 23',
      'recursive-metadata 39',
      'duplicate-content 39',
      'unpinned-base 3',
    ]);
    const page = (await runFake(['analyze', ...demo])).stdout;
    expect(page).toContain('warning deleted-later  fixtures/demo/Dockerfile:19  1.3 MB');
    expect(page).toMatch(/^ +24 +405 kB +405 kB +484 kB +RUN mv build\/dist www/m);
    const markdown = (await runFake(['analyze', ...demo, '--report', 'markdown'])).stdout;
    expect(markdown).toContain('| 24 | 405 kB | 405 kB | 484 kB | ` RUN mv build/dist www');
  });

  test('keeps unchanged lines of a Dockerfile that was edited since, and counts what does not fit', async () => {
    const text = readFileSync('fixtures/demo/Dockerfile', 'utf8');
    const edited = text
      .replace('COPY config/', '# moved\nRUN echo new step\nCOPY config/')
      .replace("RUN sed -i 's/^listen=.*/listen=8080/'", "RUN sed -i 's/^listen=.*/listen=9090/'");
    const path = join(temporaryFolder(), 'Dockerfile');
    writeFileSync(path, edited);
    const report = await reportFor(['fixtures/demo.tar', '-d', path]);
    const at = (index: number): string | null => lines(report)[index] ?? null;
    expect([at(2), at(3), at(7), at(9), at(12)]).toEqual(['18 exact', '19 exact', '29 exact', '33 exact', '41 exact']);
    expect(at(8)).toBeNull();
    expect(report.dockerfile).toMatchObject({ unmatchedLayers: 1, unmatchedInstructions: 2 });
  });

  test('finds no line in another Dockerfile altogether', async () => {
    const path = join(temporaryFolder(), 'Dockerfile');
    writeFileSync(path, 'FROM alpine\nRUN apk add curl\nCOPY app /app\n');
    const report = await reportFor(['fixtures/demo.tar', '-d', path]);
    expect(lines(report).filter((line) => line !== null)).toEqual([]);
  });
});

describe('what a user gets wrong', () => {
  test.each([
    [['-d', 'no/Dockerfile'], 'no/Dockerfile: no such file or directory'],
    [['-d', 'LICENSE'], 'LICENSE: it has no FROM, so it builds nothing.'],
    [['-d', 'fixtures'], 'fixtures: cannot be read'],
    [['-d', 'fixtures/demo/Dockerfile', '--target', 'none'], 'it has no stage none. It has: assets, 1.'],
    [['--build-arg', 'REVISION'], '--build-arg REVISION: expected NAME=VALUE.'],
    [['--metadata-file', 'package.json'], 'package.json: is not what it claims to be: no provenance in it.'],
    [['--metadata-file', 'LICENSE'], 'LICENSE: is not what it claims to be: it is not JSON'],
    [['--base', 'no-such.tar'], 'no-such.tar: no such file or directory'],
    [['--base', '-'], '--base -: the base image cannot be standard input.'],
  ])('%s', async (args, message) => {
    const { status, stdout, stderr } = await runFake(['analyze', 'fixtures/demo.tar', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('--base', () => {
  test('tells the base image from its own configuration', async () => {
    const folder = temporaryFolder();
    const below = [layer({ a: file(100) }), layer({ b: file(200) })];
    const own = layer({ '.wh.a': whiteout, c: file(400) });
    const write = (name: string, tars: readonly Buffer[]): string => {
      const path = join(folder, name);
      writeFileSync(path, archiveOf(dockerFiles({ layers: tars.map((tar) => ({ tar })) })));
      return path;
    };
    const base = write('base.tar', below);
    const report = await reportFor([write('image.tar', [...below, own]), '--base', base]);
    expect(report.layers.map(({ origin }) => origin)).toEqual(['base', 'base', 'own']);
    expect(report.image).toMatchObject({ sizeBytes: 700, baseBytes: 300, ownBytes: 400 });
    expect(report.waste).toMatchObject({ base: { bytes: 100 }, own: { bytes: 0 } });
  });
});

describe('a secret', () => {
  // Put together here so that no scanner takes this file for a leak.
  const begin = '-----BEGIN';
  const key = `${begin} OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n`;
  const tars = [layer({ 'app/id_rsa': file(key) }), layer({ 'app/.wh.id_rsa': whiteout })];

  test('is found in any form of the image, and never printed', async () => {
    const image = archiveOf(dockerFiles({ layers: tars.map((tar) => ({ tar })) }));
    const compressed = archiveOf(dockerFiles({ layers: tars.map((tar) => ({ tar, blob: gzipSync(tar) })) }));
    const path = join(temporaryFolder(), 'image.tar');
    for (const [bytes, stdin] of [
      [image, false],
      [compressed, false],
      [image, true],
      [compressed, true],
    ] as const) {
      writeFileSync(path, bytes);
      const report = stdin ? await reportFor(['-'], bytes) : await reportFor([path]);
      expect(
        report.findings.map(({ rule, severity, layer: at, path: where }) => ({ rule, severity, at, where })),
      ).toEqual([{ rule: 'secret-file', severity: 'error', at: 0, where: '/app/id_rsa' }]);
      expect(JSON.stringify(report)).not.toContain('b3BlbnNzaC1rZXktdjE');
    }
  });
});

const provenance = sharedImage('buildkit/buildkit-provenance-max.oci.tar');

describe.skipIf(provenance === null)('provenance', () => {
  test.each(['buildkit/buildkit-provenance-max.oci.tar', 'buildkit/buildkit-provenance-v1.oci.tar'])(
    'in %s gives lines without a Dockerfile, the same as with one',
    async (name) => {
      const image = sharedImage(name) ?? '';
      const attested = await reportFor([image]);
      const given = await reportFor([image, '-d', sharedImage('buildkit/context/Dockerfile') ?? '']);
      const own = attested.layers.filter(({ origin }) => origin === 'own');
      expect(own.length).toBe(5);
      expect(own.every(({ instruction }) => instruction?.confidence === 'exact')).toBe(true);
      expect(attested.dockerfile).toMatchObject({ file: 'Dockerfile', baseEvidence: 'provenance', baseLayers: 2 });
      expect(lines(given)).toEqual(lines(attested));
    },
  );
});
