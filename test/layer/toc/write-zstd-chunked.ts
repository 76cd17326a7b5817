import type { WrittenLayer } from './write-estargz.ts';
import { MemberWriter, sha256, type TocItems, type WrittenEntry } from './write-members.ts';

export interface ZstdChunkedOptions {
  /** Bytes of a file in one frame; real writers cut where the content says so. */
  readonly chunkSize: number;
}

/**
 * Writes a zstd:chunked layer, of frames that do not compress: its manifest is as buildah has it.
 * @param write takes the blob's bytes in order
 */
export function writeZstdChunked(
  items: TocItems,
  { chunkSize }: ZstdChunkedOptions,
  write: (bytes: Buffer) => void,
): WrittenLayer {
  const writer = new MemberWriter({ compress: storedFrame, chunkSize, minChunkSize: 0, write });
  const entries: WrittenEntry[] = [];
  for (const [name, item] of items) {
    const { entry, chunks } = writer.add(name, item);
    entries.push(entry);
    if (chunks.length > 0) entry['digest'] = sha256(Buffer.from(item.content ?? ''));
    chunks.forEach(({ offset, position, bytes }, at) => {
      const chunk: WrittenEntry = at === 0 ? entry : { name: entry.name, type: 'chunk' };
      if (at > 0) entries.push(chunk);
      chunk['offset'] = offset;
      if (chunks.length === 1) return;
      if (position > 0) chunk['chunkOffset'] = position;
      chunk['chunkSize'] = bytes.length;
      chunk['chunkDigest'] = sha256(bytes);
      if (bytes.every((byte) => byte === 0)) chunk['chunkType'] = 'zeros';
    });
  }
  writer.push(Buffer.alloc(1024));
  writer.flush();
  const json = Buffer.from(JSON.stringify({ version: 1, entries, tarSplitDigest: sha256(Buffer.alloc(0)) }));
  const tocOffset = writer.offset + 8;
  const { bytes, annotations } = manifestFrame(json, tocOffset);
  writer.writeRaw(bytes);
  return { annotations, size: writer.offset, entries, tocOffset };
}

/** The skippable frame with the manifest, and what the layer's descriptor says of it. @param offset of its content */
function manifestFrame(
  json: Buffer,
  offset: number,
): { readonly bytes: Buffer; readonly annotations: Readonly<Record<string, string>> } {
  const manifest = storedFrame(json);
  const head = Buffer.from('502a4d1800000000', 'hex');
  head.writeUInt32LE(manifest.length, 4);
  const annotations = {
    'io.github.containers.zstd-chunked.manifest-checksum': sha256(manifest),
    'io.github.containers.zstd-chunked.manifest-position': `${offset}:${manifest.length}:${json.length}:1`,
  };
  return { bytes: Buffer.concat([head, manifest]), annotations };
}

/** A zstd frame of raw blocks (RFC 8878, 3.1.1). */
function storedFrame(bytes: Buffer): Buffer {
  const head = Buffer.from('28b52ffda000000000', 'hex');
  head.writeUInt32LE(bytes.length, 5);
  const blockSize = 128 * 1024;
  const pieces: Buffer[] = [head];
  for (let at = 0; at === 0 || at < bytes.length; at += blockSize) {
    const block = bytes.subarray(at, at + blockSize);
    const blockHead = Buffer.alloc(3);
    blockHead.writeUIntLE(block.length * 8 + (at + blockSize >= bytes.length ? 1 : 0), 0, 3);
    pieces.push(blockHead, block);
  }
  return Buffer.concat(pieces);
}
