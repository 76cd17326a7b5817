import { closeSync } from 'node:fs';
import { problem } from '../errors.ts';
import type { ChunkTable } from './chunk-table.ts';
import { type Compression, decompress } from './compression.ts';
import { chunkSize, type FileExtent, openExtent, openFile, readFully } from './file-extent.ts';
import type { ContentPiece } from './content-piece.ts';
import type { LayerContent } from './layer-content.ts';
import type { LayerIndex } from './layer-index.ts';
import { type PlacedPiece, placeSparse } from './sparse-layout.ts';
import { readChunks } from './toc/read-chunks.ts';

/** A layer whose content is wanted again, after it was indexed. */
export interface ReadableLayer {
  /** Names the layer in errors. */
  readonly what: string;
  readonly content: LayerContent;
  readonly compression: Compression;
  readonly index: LayerIndex;
  /** Where its files can be found on their own, if that is known. */
  readonly chunks: ChunkTable | null;
}

/**
 * Reads the content of some entries, and as little else as the layer's form allows: of an uncompressed tar on disk just
 * those bytes; of one with a table of contents elsewhere their chunks; of another everything up to the last of them.
 * @param rows entries that are regular files, in ascending order; empty files have no pieces
 * @throws LayerscopeError `content-unavailable`, `truncated`, `corrupt-compression`
 */
export async function* readContents(
  layer: ReadableLayer,
  rows: readonly number[],
): AsyncGenerator<ContentPiece, void, void> {
  const wanted = rows.filter((row) => storedSize(layer.index, row) > 0);
  if (wanted.length === 0) return;
  const { what, content, compression, index, chunks } = layer;
  if (content.kind === 'remote' && chunks !== null)
    return yield* readChunks(content.remote, { index, chunks, compression }, wanted, what);
  for await (const { row, stored } of storedContents(layer, wanted)) {
    const sparse = index.sparse.get(row);
    const placed = sparse === undefined ? inOrder(stored) : placeSparse(stored, sparse.map, index.size[row] ?? 0, what);
    for await (const { position, piece } of placed) yield { row, position, piece };
  }
}

interface Stored {
  readonly row: number;
  /** The bytes in the tar; to be read to the end before the next entry is asked for. */
  readonly stored: AsyncIterable<Buffer>;
}

function storedContents(layer: ReadableLayer, rows: readonly number[]): AsyncIterable<Stored> {
  const { content, compression, what } = layer;
  switch (content.kind) {
    case 'extent':
      if (compression === 'none') return fromExtent(layer, content.extent, rows);
      return fromStream(layer, decompress(openExtent(content.extent), compression, what), rows);
    case 'remote':
      return fromStream(layer, decompress(content.remote.open(), compression, what), rows);
    case 'passed':
      if (content.reopen !== null) return fromStream(layer, decompress(content.reopen(), compression, what), rows);
      throw problem('content-unavailable', { path: what, reason: 'it was read from a stream that is over' });
    case 'absent':
      throw problem('content-unavailable', { path: what, reason: 'the layer is not part of the image' });
  }
}

async function* fromExtent(
  { index, what }: ReadableLayer,
  extent: FileExtent,
  rows: readonly number[],
): AsyncGenerator<Stored, void, void> {
  const fd = openFile(extent.file);
  try {
    for (const row of rows) {
      const start = index.offset[row] ?? 0;
      yield { row, stored: range(fd, extent.offset + start, storedSize(index, row), what) };
    }
  } finally {
    closeSync(fd);
  }
}

async function* range(fd: number, start: number, length: number, what: string): AsyncGenerator<Buffer, void, void> {
  for (let done = 0; done < length;) {
    const piece = Buffer.allocUnsafe(Math.min(chunkSize, length - done));
    if (readFully(fd, piece, piece.length, start + done, what) < piece.length)
      throw problem('truncated', { path: what, offset: start + done });
    yield piece;
    done += piece.length;
  }
}

async function* fromStream(
  { index, what }: ReadableLayer,
  bytes: AsyncIterable<Buffer>,
  rows: readonly number[],
): AsyncGenerator<Stored, void, void> {
  const chunks = bytes[Symbol.asyncIterator]();
  let chunk: Buffer = Buffer.alloc(0);
  let position = 0;
  const take = async function* (until: number): AsyncGenerator<Buffer, void, void> {
    while (position < until) {
      if (chunk.length === 0) {
        const next = await chunks.next();
        if (next.done === true) throw problem('truncated', { path: what, offset: position });
        chunk = next.value;
      }
      const piece = chunk.subarray(0, until - position);
      chunk = chunk.subarray(piece.length);
      position += piece.length;
      yield piece;
    }
  };
  try {
    for (const row of rows) {
      const start = index.offset[row] ?? 0;
      for await (const _ of take(start)) void _;
      yield { row, stored: take(start + storedSize(index, row)) };
    }
  } finally {
    await chunks.return?.();
  }
}

async function* inOrder(stored: AsyncIterable<Buffer>): AsyncGenerator<PlacedPiece, void, void> {
  let position = 0;
  for await (const piece of stored) {
    yield { position, piece };
    position += piece.length;
  }
}

function storedSize(index: LayerIndex, row: number): number {
  return index.sparse.get(row)?.storedSize ?? index.size[row] ?? 0;
}
