import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import type { Digest } from '../image/digest.ts';
import type { ChunkTable } from './chunk-table.ts';
import { type Compression, decompress, magicBytes, sniffCompression } from './compression.ts';
import { type FileExtent, openExtent, openFile, readFully } from './file-extent.ts';
import { scanExtent } from './scan-extent.ts';
import { LayerStreamScanner, type ScannedLayer } from './scan-stream.ts';

/** A layer's blob on disk. Plain data: a worker can get it. */
export interface ExtentToScan {
  /** Names the layer in errors. */
  readonly what: string;
  readonly extent: FileExtent;
  /** Whether to hash the blob and its tar; that takes reading all of it. */
  readonly hashed: boolean;
}

/** A layer as it was found in its blob. */
export interface ScannedBlob extends ScannedLayer {
  readonly compression: Compression;
  /** Bytes of the blob as stored. */
  readonly blobBytes: number;
  /** What blob and tar hash to, if that was asked for. */
  readonly hashes: { readonly blob: Digest; readonly tar: Digest } | null;
  /** Where content is in the blob, if only its table of contents was read; `offset` of the index means nothing then. */
  readonly chunks: ChunkTable | null;
}

/**
 * Indexes the layer in a blob on disk: by seeking if it is an uncompressed tar, else by reading it through once.
 * @param onProgress told how many bytes of the blob are done
 */
export async function scanBlob(blob: ExtentToScan, onProgress: (bytes: number) => void): Promise<ScannedBlob> {
  const { what, extent, hashed } = blob;
  const fd = openFile(extent.file);
  try {
    const head = Buffer.alloc(magicBytes);
    const length = readFully(fd, head, Math.min(magicBytes, extent.size), extent.offset, what);
    const compression = sniffCompression(head.subarray(0, length), what);
    const found = { compression, blobBytes: extent.size, chunks: null };
    if (compression === 'none' && !hashed)
      return { ...scanExtent(fd, extent, what, onProgress), ...found, hashes: null };
    return { ...(await scanThrough(blob, compression, onProgress)), ...found };
  } finally {
    closeSync(fd);
  }
}

async function scanThrough(
  { what, extent, hashed }: ExtentToScan,
  compression: Compression,
  onProgress: (bytes: number) => void,
): Promise<ScannedLayer & Pick<ScannedBlob, 'hashes'>> {
  const tarHash = hashed ? createHash('sha256') : null;
  const scanner = new LayerStreamScanner(what);
  for await (const chunk of decompress(withProgress(openExtent(extent), onProgress), compression, what)) {
    tarHash?.update(chunk);
    scanner.push(chunk);
  }
  const scanned = scanner.finish();
  if (tarHash === null) return { ...scanned, hashes: null };
  return { ...scanned, hashes: { blob: await hashExtent(extent), tar: `sha256:${tarHash.digest('hex')}` } };
}

/** A pass of its own: a gzip reader does not take bytes behind the last member, but the digest covers them. */
async function hashExtent(extent: FileExtent): Promise<Digest> {
  const blobHash = createHash('sha256');
  for await (const chunk of openExtent(extent) as AsyncIterable<Buffer>) blobHash.update(chunk);
  return `sha256:${blobHash.digest('hex')}`;
}

async function* withProgress(
  source: AsyncIterable<Buffer>,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Buffer, void, void> {
  let done = 0;
  for await (const chunk of source) {
    yield chunk;
    done += chunk.length;
    onProgress(done);
  }
}
