/**
 * Where the content of files is in a compressed blob whose parts can be decompressed on their own (eStargz, zstd:chunked).
 * One typed array per property; chunk `i` is row `i` of each, and the chunks of a file follow each other.
 */
export interface ChunkTable {
  /** Entry `row` has the chunks from `starts[row]` to before `starts[row + 1]`; what is no file has none. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Where the compressed part starts in the blob. */
  readonly offset: Float64Array<ArrayBuffer>;
  /** Where it ends at the latest, in the blob. */
  readonly end: Float64Array<ArrayBuffer>;
  /** Decompressed bytes of the part that come before the chunk's own. */
  readonly skip: Float64Array<ArrayBuffer>;
  /** Where in the file the chunk belongs. */
  readonly position: Float64Array<ArrayBuffer>;
  /** Bytes of the file in the chunk. */
  readonly size: Float64Array<ArrayBuffer>;
  /** SHA-256 of those bytes, 32 a row. */
  readonly digests: Uint8Array<ArrayBuffer>;
}
