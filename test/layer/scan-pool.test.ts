import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type BlobToScan, scanBlob, type ScannedBlob } from '../../src/layer/scan-blob.ts';
import { scanBlobs, type ScanWatcher } from '../../src/layer/scan-pool.ts';
import { temporaryFolder } from '../scan-layer.ts';
import { dir, file, layer, symlink } from '../write-layer.ts';

const workerFile = new URL('../../build/layer/scan-worker.js', import.meta.url);

function write(name: string, folder: string, bytes: Buffer, hashed = false): BlobToScan {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { what: name, extent: { file: path, offset: 0, size: bytes.length }, hashed };
}

const bigTar = (seed: string): Buffer =>
  layer({ d: dir(), [`d/${seed}`]: file(seed.repeat(9_000_000)), l: symlink('d'), s: file(seed) });

const silent: ScanWatcher = { onProgress: () => {}, onScanned: () => {} };

describe.skipIf(!existsSync(workerFile))('the worker pool (skipped without build: npm run build)', () => {
  test('gives what scanning in turn gives, in the order asked for', async () => {
    const folder = temporaryFolder();
    const blobs = [
      write('small', folder, layer({ a: file('a') })),
      write('one', folder, bigTar('1')),
      write('two', folder, gzipSync(bigTar('2'), { level: 1 })),
      write('hashed', folder, bigTar('3'), true),
    ];
    const progress = blobs.map(() => 0);
    const pooled: ScannedBlob[] = [];
    const onProgress = (blob: number, bytes: number): void => void (progress[blob] = bytes);
    const onScanned = (blob: number, scanned: ScannedBlob): void => void (pooled[blob] = scanned);
    await scanBlobs(blobs, 'any', { onProgress, onScanned }, workerFile);
    const inTurn = await Promise.all(blobs.map((blob) => scanBlob(blob, () => {})));
    pooled.forEach(({ digests, ...rest }, at) => {
      const { digests: expected, ...expectedRest } = inTurn[at] ?? expect.fail();
      expect(rest).toEqual(expectedRest);
      for (let row = 0; row < rest.index.count; row++) expect(digests.get(row)).toBe(expected.get(row));
    });
    expect(pooled.map(({ compression }) => compression)).toEqual(['none', 'none', 'gzip', 'none']);
    expect(pooled[3]?.hashes?.tar).toBe(pooled[3]?.hashes?.blob);
  });

  test('fails with the error of the blob that is damaged', async () => {
    const folder = temporaryFolder();
    const damaged = bigTar('2');
    damaged[512] = 0xff;
    const blobs = [write('fine', folder, bigTar('1')), write('damaged', folder, damaged)];
    await expect(scanBlobs(blobs, 'any', silent, workerFile)).rejects.toMatchObject({
      name: 'LayerscopeError',
      code: 'corrupt-tar',
      message: 'damaged: corrupt tar at byte 512: the header checksum does not hold.',
    });
  });
});
