import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Outcome, runFake } from '../commands/fake-host.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { paxHeader, writeTar } from '../engines/corpus/tar-header.ts';
import { storedFrame } from '../sources/stored-zstd.ts';
import { archiveOf, dockerFiles, layerType, ociFiles, sha256 } from '../sources/written-image.ts';

const folder = scratchFolder();
const first = writeTar([
  { name: 'etc/', type: '5' },
  { name: 'etc/passwd', content: 'root:x:0:0\n'.repeat(100) },
  paxHeader({ path: `a/${'long/'.repeat(40)}name`, mtime: '1700000000.5' }),
  { name: 'short', content: 'x' },
]);
const second = writeTar([
  { name: 'etc/.wh.passwd' },
  { name: 'etc/link', type: '2', link: '../a' },
  { name: 'same', content: 'y'.repeat(5000) },
]);
const compressed = [
  { tar: first, blob: gzipSync(first), mediaType: `${layerType}+gzip` },
  { tar: second, blob: storedFrame(second), mediaType: `${layerType}+zstd` },
];
const plain = [{ tar: first }, { tar: second }];
const images = {
  'docker archive': archiveOf(dockerFiles({ layers: plain, names: ['demo:1'] })),
  'oci archive, compressed layers': archiveOf(ociFiles({ layers: compressed, names: ['1'] })),
  'docker archive in gzip': gzipSync(archiveOf(dockerFiles({ layers: plain }))),
  'oci archive in zstd': storedFrame(archiveOf(ociFiles({ layers: plain }))),
};

/** One line that is no excuse, and nothing on standard output. */
function expectFailure({ status, stdout, stderr }: Outcome): void {
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^layerscope: [^\n]+\n$/);
  expect(stderr).not.toContain('Internal error');
}

/** Every tenth of the small ones' bytes would be slow; all edges of headers are worth a look. */
function cuts(length: number): number[] {
  const edges = Array.from({ length: Math.ceil(length / 512) }, (_, at) => at * 512);
  const around = edges.flatMap((edge) => [edge, edge + 1, edge + 200]);
  const few = around.filter((_, at) => at % Math.ceil(around.length / 110) === 0);
  return [...new Set([1, 2, 100, 511, ...few, length - 1025, length - 1024, length - 513, length - 1])].filter(
    (cut) => cut > 0 && cut < length,
  );
}

describe.each(Object.entries(images))('%s', (name, bytes) => {
  const file = join(folder, `${name}.tar`);
  const report = async (given: Buffer): Promise<readonly [Outcome, Outcome]> => {
    writeFileSync(file, given);
    const { status, stderr, stdout } = await runFake([file, '--json']);
    const fromFile = { status, stderr: stderr.replaceAll(file, 'it'), stdout: stdout.replaceAll(file, 'it') };
    const piped = await runFake(['-', '--json'], { stdin: given });
    return [{ ...fromFile, bytes: Buffer.from(stdout) }, piped];
  };

  test('cut short, it is refused or told completely', async () => {
    const [whole] = await report(bytes);
    expect(whole.status).toBe(0);
    for (const cut of cuts(bytes.length)) {
      const [fromFile, piped] = await report(bytes.subarray(0, cut));
      for (const outcome of [fromFile, piped]) {
        if (outcome.status === 2) expectFailure(outcome);
        else expect(nameless(outcome.stdout)).toBe(nameless(whole.stdout));
      }
      expect(piped.status).toBe(fromFile.status);
    }
  });

  test('with bytes changed, it is refused or read, and never breaks anything', async () => {
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, by] of changes) damaged[at] = (damaged[at] ?? 0) ^ by;
        for (const outcome of await report(damaged)) {
          if (outcome.status === 2) expectFailure(outcome);
          else expect(JSON.parse(outcome.stdout)).toMatchObject({ schemaVersion: 1 });
        }
      }),
      { numRuns: 60, seed: 20_261_121 },
    );
  });

  test('with padding behind it, it is read all the same', async () => {
    if (name.endsWith('zstd')) return; // another frame is expected there
    // Behind a gzip member zeros are padding, and anything else a broken member (as Go reads it).
    const padding = Buffer.alloc(100_000, name.endsWith('gzip') ? '\0' : 'garbage');
    const [whole] = await report(bytes);
    const [fromFile, piped] = await report(Buffer.concat([bytes, padding]));
    for (const outcome of [fromFile, piped]) expect(nameless(outcome.stdout)).toBe(nameless(whole.stdout));
  });
});

function nameless(report: string): string {
  return report.replace(/"reference": ".*"/, '');
}

const change = (blob: Buffer, at: number): Buffer => {
  const changed = Buffer.from(blob);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
};

describe('--verify', () => {
  const files = ociFiles({ layers: plain });
  const layer = `blobs/sha256/${sha256(first)}`;
  const content = first.indexOf('root:x');

  test.each([
    [
      'a layer',
      new Map([...files, [layer, change(first, content)]]),
      sha256(first),
      `layer 0 (sha256:${sha256(first).slice(0, 12)})`,
    ],
    [
      'a gzip layer whose diffId is another',
      ociFiles({ layers: [{ tar: first, blob: gzipSync(change(first, content)) }] }),
      sha256(first),
      `layer 0 (sha256:${sha256(first).slice(0, 12)}), uncompressed`,
    ],
  ])('%s', async (_what, changed, digest, what) => {
    const archive = archiveOf(changed);
    const file = join(folder, 'verify.tar');
    writeFileSync(file, archive);
    expect(await runFake([file])).toMatchObject({ status: 0, stderr: '' });
    for (const outcome of [await runFake([file, '--verify']), await runFake(['-', '--verify'], { stdin: archive })]) {
      expectFailure(outcome);
      expect(outcome.stderr).toContain(
        `layerscope: ${what}: content does not match its digest (expected sha256:${digest}, is sha256:`,
      );
    }
  });

  test.each(['configuration', 'manifest'])('%s: always verified', async (role) => {
    const names = [...files.keys()];
    const name =
      names.find((one) => String(files.get(one)).includes(role === 'manifest' ? '"layers"' : '"rootfs"')) ?? '';
    const blob = files.get(name) ?? Buffer.alloc(0);
    const archive = archiveOf(
      new Map([
        ...files,
        [name, Buffer.from(String(blob).replace('RUN', 'ran').replace('"schemaVersion":2', '"schemaVersion":3'))],
      ]),
    );
    const outcome = await runFake(['-'], { stdin: archive });
    expectFailure(outcome);
    expect(outcome.stderr).toContain(`${name}: content does not match its digest`);
  });

  test('a legacy configuration is verified by its name', async () => {
    const legacy = dockerFiles({ layers: plain });
    const name = [...legacy.keys()].find((one) => one.endsWith('.json') && one !== 'manifest.json') ?? '';
    legacy.set(name, Buffer.from(String(legacy.get(name)).replace('RUN', 'ran')));
    const outcome = await runFake(['-'], { stdin: archiveOf(legacy) });
    expectFailure(outcome);
    expect(outcome.stderr).toContain(`${name}: content does not match its digest`);
  });

  test('a layer that is longer or shorter than its descriptor says', async () => {
    for (const blob of [first.subarray(0, -512), Buffer.concat([first, Buffer.alloc(512)])]) {
      const outcome = await runFake(['-'], { stdin: archiveOf(new Map([...files, [layer, blob]])) });
      expectFailure(outcome);
      expect(outcome.stderr).toContain(`${layer}: has ${blob.length} bytes where its descriptor says ${first.length}.`);
    }
  });
});
