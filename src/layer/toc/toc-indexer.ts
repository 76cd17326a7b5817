import { type ByteString, printable } from '../../text/byte-string.ts';
import type { ChunkTable } from '../chunk-table.ts';
import { ContentDigests } from '../content-digests.ts';
import { EntryType } from '../entry-type.ts';
import type { LayerIndex } from '../layer-index.ts';
import { LayerIndexBuilder } from '../layer-index-builder.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { ChunkTableBuilder } from './chunk-table-builder.ts';
import type { TocChunk, TocEntry } from './toc-entry.ts';

/** A file whose chunks are not complete yet. */
interface OpenFile {
  readonly row: number;
  readonly path: ByteString;
  readonly size: number;
  readonly digest: Uint8Array | null;
  done: number;
}

/** What a table of contents says of a layer. */
export interface TocIndex {
  readonly index: LayerIndex;
  readonly digests: ContentDigests;
  readonly chunks: ChunkTable;
}

/**
 * Turns the entries of a table of contents into the columns that a scan of the tar gives. Chunks have to fill their files
 * without gaps, and to follow each other in the blob as files do in the tar, so that none is inside another; all writers
 * put them so, and nothing that is read later can be made to unpack the same bytes again and again.
 */
export class TocIndexer {
  private readonly fail: (reason: string) => Error;
  private readonly limit: number;
  private readonly builder: LayerIndexBuilder;
  private readonly digests = new ContentDigests(0);
  private readonly chunks: ChunkTableBuilder;
  private rows = 0;
  private file: OpenFile | null = null;
  private lastOffset = -1;
  /** How much of the part at `lastOffset` is taken, decompressed. */
  private taken = 0;

  /**
   * @param what names the layer in errors
   * @param limit where in the blob every chunk has to start before
   * @param fail makes the error of a table that is not as it should be
   */
  constructor(what: string, limit: number, fail: (reason: string) => Error) {
    this.fail = fail;
    this.limit = limit;
    this.builder = new LayerIndexBuilder(what);
    this.chunks = new ChunkTableBuilder(fail);
  }

  /** @throws LayerscopeError `toc-damaged`, `too-many-entries`, `too-much-detail` */
  add(entry: TocEntry): void {
    if (entry.kind === 'entry') return this.addEntry(entry.entry, entry.digest, entry.chunk);
    if (this.file === null || this.file.path !== entry.path) throw this.fail('a chunk does not follow its file');
    this.addChunk(this.file, entry.chunk);
  }

  /** @param end where the compressed content ends in the blob */
  finish(end: number): TocIndex {
    this.expectComplete();
    const index = this.builder.finish(null, []);
    return { index, digests: this.digests, chunks: this.chunks.finish(this.rows, end) };
  }

  private addEntry(entry: TarEntry, digest: Uint8Array | null, chunk: TocChunk): void {
    this.expectComplete();
    const row = this.builder.add(entry, 0);
    if (row === null) throw this.fail('its root is no directory');
    this.rows = row + 1;
    if (entry.type !== EntryType.file || entry.size === 0) return;
    this.file = { row, path: entry.path, size: entry.size, digest, done: 0 };
    const content = digest ?? (this.isWhole(this.file, chunk) ? chunk.digest : null);
    if (content === null) throw this.fail(`it does not say the digest of ${printable(entry.path)}`);
    this.digests.set(row, content);
    this.addChunk(this.file, chunk);
  }

  private addChunk(file: OpenFile, chunk: TocChunk): void {
    const bad = (how: string): Error => this.fail(`a chunk of ${printable(file.path)} ${how}`);
    const size = this.sizeOf(file, chunk);
    if (chunk.position !== file.done || size === 0 || size > file.size - file.done) throw bad('is not in its place');
    if (chunk.offset >= this.limit) throw bad('is outside of the blob');
    const follows = chunk.offset > this.lastOffset;
    if (!follows && (chunk.offset < this.lastOffset || chunk.skip < this.taken)) throw bad('lies within another');
    if (!Number.isSafeInteger(chunk.skip + size)) throw bad('is outside of the blob');
    const digest = chunk.digest ?? (this.isWhole(file, chunk) ? file.digest : null);
    if (digest === null) throw bad('has no digest');
    this.chunks.add(file.row, { offset: chunk.offset, skip: chunk.skip, position: chunk.position, size, digest });
    this.lastOffset = chunk.offset;
    this.taken = chunk.skip + size;
    file.done += size;
    if (file.done === file.size) this.file = null;
  }

  private isWhole(file: OpenFile, chunk: TocChunk): boolean {
    return chunk.position === 0 && this.sizeOf(file, chunk) === file.size;
  }

  private sizeOf(file: OpenFile, chunk: TocChunk): number {
    return chunk.size === 0 ? file.size - chunk.position : chunk.size;
  }

  private expectComplete(): void {
    if (this.file !== null) throw this.fail(`chunks of ${printable(this.file.path)} are missing`);
  }
}
