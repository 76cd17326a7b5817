import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { type ExtentToScan, scanBlob, type ScannedBlob } from '../../src/layer/scan-blob.ts';
import { type BlobToScan, scanBlobs, type ScanWatcher } from '../../src/layer/scan-pool.ts';
import { remoteOf } from '../remote-of.ts';
import { temporaryFolder } from '../scan-layer.ts';
import { dir, file, layer, symlink } from '../write-layer.ts';

const workerFile = new URL('../../build/layer/scan-worker.js', import.meta.url);

function write(name: string, folder: string, bytes: Buffer, hashed = false): ExtentToScan {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { what: name, extent: { file: path, offset: 0, size: bytes.length }, hashed };
}

const bigTar = (seed: string): Buffer =>
  layer({ d: dir(), [`d/${seed}`]: file(seed.repeat(9_000_000)), l: symlink('d'), s: file(seed) });

const onDisk = ({ what, extent, hashed }: ExtentToScan): BlobToScan => ({
  what,
  content: { kind: 'extent', extent },
  hashed,
});

const elsewhere = (what: string, bytes: Buffer, hashed = false): BlobToScan => ({
  what,
  content: { kind: 'remote', remote: remoteOf(bytes) },
  hashed,
});

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
    await scanBlobs(blobs.map(onDisk), 'any', { onProgress, onScanned }, workerFile);
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
    await expect(scanBlobs(blobs.map(onDisk), 'any', silent, workerFile)).rejects.toMatchObject({
      name: 'LayerscopeError',
      code: 'corrupt-tar',
      message: 'damaged: corrupt tar at byte 512: the header checksum does not hold.',
    });
  });

  test('gives the same of what arrives from elsewhere', async () => {
    const folder = temporaryFolder();
    const tars = [layer({ a: file('a') }), bigTar('1'), bigTar('2'), Buffer.alloc(0)];
    const stored = tars.map((tar, at) => (at === 2 ? gzipSync(tar, { level: 1 }) : tar));
    const progress = stored.map(() => 0);
    const arrived: ScannedBlob[] = [];
    await scanBlobs(
      stored.map((bytes, at) => elsewhere(`${at}`, bytes, true)),
      'any',
      {
        onProgress: (blob, bytes) => (progress[blob] = bytes),
        onScanned: (blob, scanned) => (arrived[blob] = scanned),
      },
      workerFile,
    );
    for (const [at, bytes] of stored.entries()) {
      const expected = await scanBlob(write(`${at}`, folder, bytes, true), () => {});
      expect(arrived[at]?.index).toEqual(expected.index);
      expect(arrived[at]?.kept).toEqual(expected.kept);
      expect(arrived[at]?.hashes).toEqual(expected.hashes);
      expect(arrived[at]?.compression).toBe(expected.compression);
      for (let row = 0; row < expected.index.count; row++)
        expect(arrived[at]?.digests.get(row)).toBe(expected.digests.get(row));
    }
    expect(progress).toEqual(stored.map(({ length }) => length));
  });

  test.each([
    ['is damaged', 'corrupt-tar', Buffer.concat([bigTar('1').fill(0xff, 512, 513), bigTar('2')])],
    // More than may be on its way: whoever sends it must not wait for a scan that has given up.
    ['is compressed otherwise', 'unsupported-compression', Buffer.concat([Buffer.from('BZh91AY'), bigTar('1')])],
  ])('reads a blob that %s to its end, then fails', async (_, code, bytes) => {
    const blobs = [elsewhere('fine', bigTar('1')), elsewhere('bad', bytes)];
    let seen = 0;
    const watcher = { ...silent, onProgress: (blob: number, done: number) => void (blob === 1 && (seen = done)) };
    await expect(scanBlobs(blobs, 'any', watcher, workerFile)).rejects.toMatchObject({ code });
    expect(seen).toBe(bytes.length);
  });

  test('stops reading when another blob fails', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Buffer, void, void> {
      try {
        yield bigTar('1').subarray(0, 1024);
        for (;;) yield Buffer.alloc(1024 * 1024);
      } finally {
        closed = true;
      }
    }
    const remote = { ...remoteOf(bigTar('1')), open: endless };
    const blobs = [{ ...elsewhere('endless', Buffer.alloc(0)), content: { kind: 'remote' as const, remote } }];
    const broken = { ...remoteOf(bigTar('2')), open: fails };
    blobs.push({ ...elsewhere('broken', Buffer.alloc(0)), content: { kind: 'remote' as const, remote: broken } });
    await expect(scanBlobs(blobs, 'any', silent, workerFile)).rejects.toThrow('the line is cut');
    await vi.waitFor(() => expect(closed).toBe(true));
  });
});

async function* fails(): AsyncGenerator<Buffer, void, void> {
  yield bigTar('2').subarray(0, 2 * 1024 * 1024);
  throw new Error('the line is cut');
}
