import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { scratchFolder } from '../commands/scratch-folder.ts';
import { paxHeader, writeTar } from '../engines/corpus/tar-header.ts';
import { repeatedFrame } from '../sources/stored-zstd.ts';
import { archiveOf, dockerFiles, json } from '../sources/written-image.ts';

const folder = scratchFolder();
const megabyte = 1024 * 1024;

/** Runs the program with little memory, and measures what it took. @returns megabytes at the peak */
async function runTight(
  args: readonly string[],
  heap = 256,
): Promise<{ status: number | null; stderr: string; peak: number }> {
  const report = join(folder, 'peak');
  const watch = `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)))`;
  const script = join(folder, 'watch.cjs');
  writeFileSync(script, watch);
  const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, '--require', script, 'dist/bin.js', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const limit = setTimeout(() => child.kill('SIGKILL'), 50_000);
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(limit);
  return { status, stderr: Buffer.concat(errors).toString(), peak: Number(readFileSync(report, 'utf8')) / 1024 };
}

async function gzipTo(file: string, parts: Iterable<Buffer>): Promise<string> {
  await pipeline(parts, createGzip({ level: 1 }), createWriteStream(file));
  return file;
}

function* repeat(bytes: Buffer, times: number): Generator<Buffer, void, void> {
  for (let at = 0; at < times; at++) yield bytes;
}

test('a gigabyte of zeros in a megabyte of gzip, as a layer, as a file in one, and as the archive', async () => {
  const zeros = Buffer.alloc(megabyte);
  const header = writeTar([{ name: 'zeros' }]).subarray(0, 512);
  header.write('10000000000\0', 124); // a gigabyte
  header.fill(' ', 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  const asLayer = readFileSync(await gzipTo(join(folder, 'zeros.gz'), repeat(zeros, 512)));
  const asFile = readFileSync(
    await gzipTo(
      join(folder, 'file.gz'),
      (function* () {
        yield header;
        yield* repeat(zeros, 1024);
        yield Buffer.alloc(1024);
      })(),
    ),
  );
  const archive = join(folder, 'zeros.tar');
  writeFileSync(
    archive,
    archiveOf(
      dockerFiles({
        layers: [
          { tar: zeros, blob: asLayer },
          { tar: zeros, blob: asFile },
        ],
      }),
    ),
  );
  const layers = await runTight(['analyze', archive]);
  expect(layers).toMatchObject({ status: 0, stderr: '' });
  expect(layers.peak).toBeLessThan(350);
  const wrapped = await runTight(['analyze', join(folder, 'zeros.gz')]);
  expect(wrapped.status).toBe(2);
  expect(wrapped.peak).toBeLessThan(350);
});

test('zstd blocks that repeat a byte', async () => {
  const archive = join(folder, 'zstd.tar');
  const blob = repeatedFrame(0, 4096); // half a gigabyte of zeros in 16 KiB
  writeFileSync(archive, archiveOf(dockerFiles({ layers: [{ tar: Buffer.alloc(1024), blob }] })));
  const outcome = await runTight(['analyze', archive]);
  expect(outcome).toMatchObject({ status: 0, stderr: '' });
  expect(outcome.peak).toBeLessThan(350);
});

test('a thousand names of a megabyte each', async () => {
  const one = writeTar([paxHeader({ path: 'x'.repeat(900_000) }), { name: 'x' }]).subarray(0, -1024);
  const names = function* (): Generator<Buffer, void, void> {
    for (let at = 0; at < 1000; at++) {
      const copy = Buffer.from(one);
      copy.write(String(at).padStart(8, '0'), 600);
      yield copy;
    }
    yield Buffer.alloc(1024);
  };
  const blob = readFileSync(await gzipTo(join(folder, 'names.gz'), names()));
  const archive = join(folder, 'names.tar');
  writeFileSync(archive, archiveOf(dockerFiles({ layers: [{ tar: Buffer.alloc(1024), blob }] })));
  for (const args of [
    ['analyze', archive],
    ['analyze', join(folder, 'names.gz')],
  ]) {
    const { status, stderr, peak } = await runTight(args, 1024);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^layerscope: [^\n]+\n$/);
    expect(peak).toBeLessThan(1200);
  }
});

test('metadata that unfolds', async () => {
  const files = dockerFiles({ layers: [{ tar: Buffer.alloc(1024) }] });
  files.set('manifest.json', json(Array.from({ length: 500_000 }, () => ({ Config: 'a' }))));
  const archive = join(folder, 'metadata.tar.gz');
  writeFileSync(archive, gzipSync(archiveOf(files)));
  const { status, stderr, peak } = await runTight(['analyze', archive]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^layerscope: [^\n]+\n$/);
  expect(peak).toBeLessThan(500);
});
