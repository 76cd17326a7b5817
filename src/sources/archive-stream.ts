import { problem } from '../errors.ts';
import { metadataLimit, totalMetadataLimit } from '../image/metadata.ts';
import { sniffCompression } from '../layer/compression.ts';
import { emptyLayer } from '../layer/empty-layer.ts';
import type { LayerContent } from '../layer/layer-content.ts';
import type { ScannedBlob } from '../layer/scan-blob.ts';
import { PassingBlobScan } from '../layer/scan-passing.ts';
import { blockSize, isZeroBlock } from '../layer/tar/block.ts';
import { checksumHolds } from '../layer/tar/checksum.ts';
import type { TarEntry } from '../layer/tar/tar-entry.ts';
import { TarParser } from '../layer/tar/tar-parser.ts';
import { printable } from '../text/byte-string.ts';
import { ArchiveNames } from './archive-names.ts';
import type { BlobStore } from './blob-store.ts';

/** Most bytes read behind the end of an archive. */
const paddingLimit = 64 * 1024 * 1024;

type Item =
  | { readonly kind: 'metadata'; readonly bytes: Buffer }
  | { readonly kind: 'layer'; readonly scanned: ScannedBlob; readonly offset: number }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'skipped'; readonly size: number };

/** An archive that can only be read from front to back. */
export interface ArchiveStream {
  readonly path: string;
  /** The bytes of the archive, decompressed. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Gives them once more; null where that is impossible. */
  readonly reopen: (() => AsyncIterable<Buffer>) | null;
  /** Whether to hash every layer as it passes. */
  readonly hashed: boolean;
}

/**
 * Reads an archive in one pass. Which of its files are layers is known only when manifest.json or index.json turn up,
 * often last, so everything that is a tar by its first bytes is indexed as it passes, and what is small enough to be
 * metadata is kept.
 * @throws LayerscopeError if the archive itself is damaged; a damaged layer fails when it is asked for
 */
export async function readArchiveStream(archive: ArchiveStream): Promise<BlobStore> {
  const { path, bytes, reopen } = archive;
  const parser = new TarParser(path);
  const names = new ArchiveNames<Item>(path);
  let kept = 0;
  let current: PassingFile | null = null;
  let behind = 0;
  for await (const chunk of bytes) {
    // A writer wants to get rid of its padding; a device that gives zeros for ever wants nothing.
    if (parser.closed && (behind += chunk.length) > paddingLimit) break;
    for (const event of parser.push(chunk)) {
      if (event.kind === 'entry') current = new PassingFile(archive, event.entry, event.offset);
      else if (event.kind === 'content') await current?.push(event.piece);
      else if (current !== null) {
        const item = await current.finish();
        names.add(current.entry, item);
        if (item.kind === 'metadata') kept += item.bytes.length;
        if (kept > totalMetadataLimit) throw problem('too-much-metadata', { path, limit: totalMetadataLimit });
      }
    }
  }
  parser.finish();
  return {
    path,
    kind: 'archive',
    has: (name) => names.get(name) !== null,
    metadata: (name) => {
      const item = names.get(name);
      if (item === null) return null;
      if (item.kind === 'metadata') return item.bytes;
      const reason = item.kind === 'skipped' ? `${item.size} bytes of something else` : 'a tar or compressed';
      throw problem('invalid-json', { path: `${path}: ${name}`, reason });
    },
    layer: (name) => layerOf(`${path}: ${name}`, names.get(name), reopen),
  };
}

function layerOf(path: string, item: Item | null, reopen: ArchiveStream['reopen']): LayerContent | null {
  switch (item?.kind) {
    case undefined:
      return null;
    case 'failed':
      throw item.error;
    case 'metadata':
    case 'skipped':
      throw problem('corrupt-tar', { path, offset: 0, reason: 'the header checksum does not hold' });
    case 'layer': {
      const { scanned, offset } = item;
      const again = reopen === null ? null : () => slice(reopen(), offset, scanned.blobBytes);
      return { kind: 'passed', scanned, reopen: again };
    }
  }
}

/** One file of the archive as it passes by: undecided until its first block is there. */
class PassingFile {
  readonly entry: TarEntry;
  private readonly what: string;
  private readonly offset: number;
  private readonly hashed: boolean;
  private state: 'undecided' | 'metadata' | 'skipped' | PassingBlobScan = 'undecided';
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private failure: unknown = null;

  constructor({ path, hashed }: ArchiveStream, entry: TarEntry, offset: number) {
    this.what = `${path}: ${printable(entry.path)}`;
    this.hashed = hashed;
    this.entry = entry;
    this.offset = offset;
  }

  async push(piece: Buffer): Promise<void> {
    if (this.state instanceof PassingBlobScan) return this.state.push(piece);
    if (this.state === 'skipped') return;
    // Copied: the pieces are views of a chunk that is about to go.
    this.kept.push(Buffer.from(piece));
    this.keptBytes += piece.length;
    if (this.state === 'undecided' && this.keptBytes >= blockSize) await this.decide();
  }

  /** What the file turned out to be. A layer that failed may be none the image needs, so the failure is kept. */
  async finish(): Promise<Item> {
    if (this.entry.storedSize === 0) return { kind: 'layer', scanned: emptyLayer(), offset: this.offset };
    try {
      if (this.state === 'undecided') await this.decide();
      if (this.failure !== null) throw this.failure;
      if (this.state instanceof PassingBlobScan)
        return { kind: 'layer', scanned: await this.state.finish(), offset: this.offset };
    } catch (error) {
      return { kind: 'failed', error };
    }
    if (this.state === 'skipped') return { kind: 'skipped', size: this.entry.storedSize };
    return { kind: 'metadata', bytes: Buffer.concat(this.kept) };
  }

  private async decide(): Promise<void> {
    const start = Buffer.concat(this.kept);
    this.kept = [];
    if (isLayer(start)) {
      try {
        this.state = new PassingBlobScan(this.what, start, this.hashed);
        await this.state.push(start);
      } catch (error) {
        this.failure = error;
        this.state = 'skipped';
      }
    } else if (this.entry.storedSize <= metadataLimit && mayBeJson(start)) {
      this.kept = [start];
      this.state = 'metadata';
    } else this.state = 'skipped';
  }
}

/** Whether a blob is compressed or starts like a tar; text, JSON above all, does neither. */
function isLayer(start: Buffer): boolean {
  if (!isPlain(start)) return true;
  return start.length >= blockSize && (isZeroBlock(start, 0) || checksumHolds(start, 0));
}

/** Whether to keep it: a tar of something else, a root filesystem say, is full of small texts that are no metadata. */
function mayBeJson(start: Buffer): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?[ \t\r\n]*(?:[[{]|$)/.test(start.toString('latin1'));
}

function isPlain(start: Buffer): boolean {
  try {
    return sniffCompression(start, '') === 'none';
  } catch {
    return false; // a compression that is not read: an error only if the image needs this blob
  }
}

/** Part of a stream, by offset and length. */
async function* slice(
  source: AsyncIterable<Buffer>,
  offset: number,
  length: number,
): AsyncGenerator<Buffer, void, void> {
  let position = 0;
  for await (const chunk of source) {
    const from = Math.max(0, offset - position);
    const to = Math.min(chunk.length, offset + length - position);
    if (from < to) yield chunk.subarray(from, to);
    position += chunk.length;
    if (position >= offset + length) return;
  }
}
