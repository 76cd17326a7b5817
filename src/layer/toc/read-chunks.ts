import { problem } from '../../errors.ts';
import { printable } from '../../text/byte-string.ts';
import type { ChunkTable } from '../chunk-table.ts';
import { type Compression, decompressPart } from '../compression.ts';
import { ContentHasher } from '../content-digests.ts';
import type { LayerIndex } from '../layer-index.ts';
import type { ContentPiece } from '../content-piece.ts';
import type { RemoteBlob } from '../remote-blob.ts';
import { StringReader } from '../string-table.ts';
import { BlockReader } from './block-reader.ts';
import { type PartToRead, planReads } from './plan-reads.ts';

/** A layer that was indexed from its table of contents. */
export interface ChunkedLayer {
  readonly index: LayerIndex;
  readonly chunks: ChunkTable;
  readonly compression: Compression;
}

/**
 * Reads the content of some entries by their chunks: those bytes are asked for and hardly any else, and each chunk has to
 * have its digest before its last piece is given.
 * @param rows entries that are regular files, in ascending order; empty files have no pieces
 * @param what names the layer in errors
 * @throws LayerscopeError `wrong-digest`, `corrupt-compression`, `content-unavailable`, and whatever the blob fails with
 */
export async function* readChunks(
  blob: RemoteBlob,
  layer: ChunkedLayer,
  rows: readonly number[],
  what: string,
): AsyncGenerator<ContentPiece, void, void> {
  const { parts, blocks } = planReads(layer.chunks, rows);
  const reader = new BlockReader(blob, blocks);
  for (const part of parts) {
    const unpacked = decompressPart(reader.bytes(part.offset, part.end), layer.compression, what);
    yield* chunksOf(part, unpacked, layer, what);
  }
}

async function* chunksOf(
  { chunks }: PartToRead,
  unpacked: AsyncIterable<Buffer>,
  { index, chunks: table }: ChunkedLayer,
  what: string,
): AsyncGenerator<ContentPiece, void, void> {
  const hasher = new ContentHasher();
  let wanted = 0;
  /** Where the next piece starts: in the part as unpacked, in bytes. */
  let at = 0;
  for await (const piece of unpacked) {
    const start = at;
    at += piece.length;
    for (let current = chunks[wanted]; current !== undefined; current = chunks[wanted]) {
      const { row, chunk } = current;
      const skip = table.skip[chunk] ?? 0;
      const end = skip + (table.size[chunk] ?? 0);
      const from = Math.max(skip, start);
      const taken = piece.subarray(from - start, end - start);
      if (taken.length === 0) break;
      const isLast = from + taken.length === end;
      hasher.update(taken, isLast);
      if (isLast) expectDigest(hasher.digest(), table, chunk, () => `${what}: ${pathOf(index, row)}`);
      yield { row, position: (table.position[chunk] ?? 0) + from - skip, piece: taken };
      if (!isLast) break;
      wanted++;
    }
    if (wanted === chunks.length) return;
  }
  const path = `${what}: ${pathOf(index, chunks[wanted]?.row ?? 0)}`;
  throw problem('content-unavailable', { path, reason: 'its part of the layer ends too early' });
}

function expectDigest(actual: Uint8Array, { digests }: ChunkTable, chunk: number, path: () => string): void {
  const expected = digests.subarray(chunk * 32, chunk * 32 + 32);
  if (Buffer.compare(actual, expected) === 0) return;
  const text = (digest: Uint8Array): string => `sha256:${Buffer.from(digest).toString('hex')}`;
  throw problem('wrong-digest', { path: path(), expected: text(expected), actual: text(actual) });
}

function pathOf({ strings, dir, name }: LayerIndex, row: number): string {
  const reader = new StringReader(strings);
  const folder = reader.get(dir[row] ?? 0);
  return printable(`${folder === '' ? '' : `${folder}/`}${reader.get(name[row] ?? 0)}`);
}
