import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { scanExtent } from '../src/layer/scan-extent.ts';
import { LayerStreamScanner, type ScannedLayer } from '../src/layer/scan-stream.ts';

/** Scans a tar as a stream. @param chunkSizes sizes of the chunks, over and over */
export function scanPassing(tar: Buffer, chunkSizes: readonly number[] = [64 * 1024]): ScannedLayer {
  const scanner = new LayerStreamScanner('test');
  for (let at = 0, turn = 0; at < tar.length; turn++) {
    const size = chunkSizes[turn % chunkSizes.length] ?? 1;
    scanner.push(tar.subarray(at, at + size));
    at += size;
  }
  return scanner.finish();
}

/** Scans a tar on disk, somewhere within a file. */
export function scanOnDisk(tar: Buffer): ScannedLayer {
  const before = Buffer.alloc(1000, 'before');
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
  try {
    const path = join(folder, 'layer');
    writeFileSync(path, Buffer.concat([before, tar, Buffer.alloc(2000, 'behind')]));
    const fd = openSync(path, 'r');
    try {
      return scanExtent(fd, { file: path, offset: before.length, size: tar.length }, 'test', () => {});
    } finally {
      closeSync(fd);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
