import { crc32 } from 'node:zlib';
import { EntryType } from './entry-type.ts';
import { ContentDigests, ContentHasher } from './content-digests.ts';
import { ContentKeeper, type KeptContent } from './kept-content.ts';
import { headBytes, headMinimum } from './layer-columns.ts';
import type { LayerIndex } from './layer-index.ts';
import { LayerIndexBuilder } from './layer-index-builder.ts';
import { TarParser } from './tar/tar-parser.ts';
import type { TarEntry } from './tar/tar-entry.ts';

/** A layer's entries, and the digests of their content as far as it passed by. */
export interface ScannedLayer {
  readonly index: LayerIndex;
  readonly digests: ContentDigests;
  readonly kept: KeptContent;
}

/**
 * Indexes a layer whose bytes pass by, in chunks. Content is hashed on the way, for there is no second look: that costs
 * less than inflating, and runs beside it.
 */
export class LayerStreamScanner {
  private readonly parser: TarParser;
  private readonly builder: LayerIndexBuilder;
  private readonly digests = new ContentDigests(0);
  private readonly hasher = new ContentHasher();
  private readonly keeper = new ContentKeeper();
  private row: number | null = null;
  private entry: TarEntry | null = null;
  private crc = 0;
  private seen = 0;

  /** @param what names the layer in errors */
  constructor(what: string) {
    this.parser = new TarParser(what);
    this.builder = new LayerIndexBuilder(what);
  }

  /** @throws LayerscopeError `corrupt-tar` */
  push(chunk: Buffer): void {
    for (const event of this.parser.push(chunk)) {
      switch (event.kind) {
        case 'entry':
          this.row = this.builder.add(event.entry, event.offset);
          this.entry = event.entry;
          if (this.row !== null) this.keeper.begin(event.entry, this.row);
          this.crc = 0;
          this.seen = 0;
          break;
        case 'content':
          this.content(event.piece);
          this.keeper.add(event.piece);
          break;
        case 'end':
          this.end();
          break;
      }
    }
  }

  /** @throws LayerscopeError `truncated` */
  finish(): ScannedLayer {
    this.parser.finish();
    const index = this.builder.finish(this.parser.tarBytes, this.parser.decoder.oddities.list());
    return { index, digests: this.digests, kept: this.keeper.kept };
  }

  private content(piece: Buffer): void {
    const { entry } = this;
    if (entry === null || entry.type !== EntryType.file) return;
    if (this.seen < headBytes && entry.storedSize >= headMinimum)
      this.crc = crc32(piece.subarray(0, headBytes - this.seen), this.crc);
    this.seen += piece.length;
    // The stored bytes of a sparse file are not its content.
    if (entry.sparse === null) this.hasher.update(piece, this.seen === entry.storedSize);
  }

  private end(): void {
    if (this.row === null || this.entry === null || this.entry.storedSize === 0) return;
    this.builder.setHead(this.row, this.crc);
    if (this.entry.sparse === null) this.digests.set(this.row, this.hasher.digest());
  }
}
