import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { type Compression, decompress } from '../../../src/layer/compression.ts';
import { columnNames } from '../../../src/layer/layer-columns.ts';
import type { RemoteBlob } from '../../../src/layer/remote-blob.ts';
import type { ScannedBlob } from '../../../src/layer/scan-blob.ts';
import { LayerStreamScanner, type ScannedLayer } from '../../../src/layer/scan-stream.ts';
import { readChunks } from '../../../src/layer/toc/read-chunks.ts';

/** What a scan of a whole blob finds. */
export async function scanWhole(bytes: Buffer, compression: Compression): Promise<ScannedLayer> {
  const scanner = new LayerStreamScanner('stream');
  for await (const chunk of decompress(one(bytes), compression, 'stream')) scanner.push(chunk);
  return scanner.finish();
}

/** Fails where a table of contents says other things of a layer than its tar; bytes of the tar it does not know. */
export function expectSameLayer(found: ScannedBlob, whole: ScannedLayer): void {
  const unknown = new Set<string>(['offset', 'head']);
  for (const name of columnNames) if (!unknown.has(name)) expect(found.index[name], name).toEqual(whole.index[name]);
  expect(found.index.count).toBe(whole.index.count);
  expect(found.index.strings).toEqual(whole.index.strings);
  expect(found.index.oddities).toEqual(whole.index.oddities);
  const rows = Array.from({ length: whole.index.count }, (_, row) => row);
  expect(rows.map((row) => found.digests.get(row))).toEqual(rows.map((row) => whole.digests.get(row)));
  expect([found.index.tarBytes, found.hashes, found.index.sparse.size]).toEqual([null, null, 0]);
}

/** Fails where the content of a file, read by its chunks, is not what passed by in the tar. */
export async function expectSameContents(blob: RemoteBlob, found: ScannedBlob, whole: ScannedLayer): Promise<void> {
  const { index, chunks, compression } = found;
  if (chunks === null) throw new Error('no chunks');
  const rows = Array.from({ length: index.count }, (_, row) => row).filter((row) => whole.digests.has(row));
  const hashes = new Map(rows.map((row) => [row, { hash: createHash('sha256'), bytes: 0 }]));
  for await (const { row, position, piece } of readChunks(blob, { index, chunks, compression }, rows, 'layer')) {
    const read = hashes.get(row);
    if (read === undefined || read.bytes !== position) throw new Error(`bytes of ${row} at ${position}`);
    read.hash.update(piece);
    read.bytes += piece.length;
  }
  const read = rows.map((row) => `sha256:${hashes.get(row)?.hash.digest('hex')}`);
  expect(read).toEqual(rows.map((row) => whole.digests.get(row)));
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer, void, void> {
  yield await Promise.resolve(bytes);
}
