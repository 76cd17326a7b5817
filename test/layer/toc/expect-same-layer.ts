import { expect } from 'vitest';
import { type Compression, decompress } from '../../../src/layer/compression.ts';
import { columnNames } from '../../../src/layer/layer-columns.ts';
import type { ScannedBlob } from '../../../src/layer/scan-blob.ts';
import { LayerStreamScanner, type ScannedLayer } from '../../../src/layer/scan-stream.ts';

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

async function* one(bytes: Buffer): AsyncGenerator<Buffer, void, void> {
  yield await Promise.resolve(bytes);
}
