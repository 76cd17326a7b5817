import type { ScannedBlob } from '../../../src/layer/scan-blob.ts';
import { readChunks } from '../../../src/layer/toc/read-chunks.ts';
import { readToc } from '../../../src/layer/toc/read-toc.ts';
import { type CountedBlob, memoryBlob } from './memory-blob.ts';
import { type EstargzOptions, writeEstargz, type WrittenLayer } from './write-estargz.ts';
import type { TocItem } from './write-members.ts';

/** A layer that was written to memory. */
export interface Written extends WrittenLayer {
  readonly bytes: Buffer;
  readonly blob: CountedBlob;
}

/** @param write writes it */
export function written(write: (take: (piece: Buffer) => void) => WrittenLayer): Written {
  const pieces: Buffer[] = [];
  const layer = write((piece) => pieces.push(piece));
  const bytes = Buffer.concat(pieces);
  return { ...layer, bytes, blob: memoryBlob(bytes, layer.annotations) };
}

export function estargz(items: readonly (readonly [string, TocItem])[], options: EstargzOptions): Written {
  return written((take) => writeEstargz(items, options, take));
}

/** What a layer's table of contents says; there has to be one. */
export async function indexed(blob: CountedBlob): Promise<ScannedBlob> {
  const found = await readToc(blob, 'layer');
  if (found === null) throw new Error('no table');
  return found;
}

/** The content of rows by their chunks. */
export async function contents(
  blob: CountedBlob,
  found: ScannedBlob,
  rows: readonly number[],
): Promise<Map<number, Buffer>> {
  const { index, chunks, compression } = found;
  if (chunks === null) throw new Error('no chunks');
  const read = new Map(rows.map((row) => [row, Buffer.alloc(index.size[row] ?? 0, '?')]));
  for await (const { row, position, piece } of readChunks(blob, { index, chunks, compression }, rows, 'layer'))
    piece.copy(read.get(row) ?? Buffer.alloc(0), position);
  return read;
}
