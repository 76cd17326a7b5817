import { problem } from '../errors.ts';
import { readInlineMap, type SparseMap } from './tar/sparse.ts';

/** A piece of content and where in the file it belongs, in bytes. What no piece covers is zero. */
export interface PlacedPiece {
  readonly position: number;
  readonly piece: Buffer;
}

/**
 * Puts the stored bytes of a sparse file in their places.
 * @throws LayerscopeError `content-unavailable` if the map does not fit what is stored
 */
export async function* placeSparse(
  stored: AsyncIterable<Buffer>,
  map: SparseMap,
  size: number,
  what: string,
): AsyncGenerator<PlacedPiece, void, void> {
  const fail = (): Error => problem('content-unavailable', { path: what, reason: 'its sparse map is not valid' });
  let pieces: readonly number[] | null = map.kind === 'map' ? map.pieces : null;
  let start: Buffer = Buffer.alloc(0);
  let next = 0;
  let done = 0;
  for await (const chunk of stored) {
    let rest = chunk;
    if (pieces === null) {
      start = Buffer.concat([start, chunk]);
      const inline = readInlineMap(start);
      if (inline === null) throw fail();
      if (inline === 'more' || start.length < inline.bytes) continue;
      pieces = inline.pieces;
      rest = start.subarray(inline.bytes);
    }
    while (rest.length > 0) {
      const offset = pieces[next];
      const length = pieces[next + 1];
      if (offset === undefined || length === undefined || offset + length > size) throw fail();
      const piece = rest.subarray(0, length - done);
      if (piece.length > 0) yield { position: offset + done, piece };
      done += piece.length;
      rest = rest.subarray(piece.length);
      if (done < length) continue;
      next += 2;
      done = 0;
    }
  }
}
