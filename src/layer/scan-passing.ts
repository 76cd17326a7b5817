import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type Compression, decompress, sniffCompression } from './compression.ts';
import { chunkSize } from './file-extent.ts';
import type { ScannedBlob } from './scan-blob.ts';
import { LayerStreamScanner, type ScannedLayer } from './scan-stream.ts';

/** Indexes a layer's blob while something else reads it: the counterpart of `scanBlob` for a blob within a stream. */
export class PassingBlobScan {
  private readonly compression: Compression;
  private readonly input = new PassThrough({ highWaterMark: chunkSize });
  private readonly scanned: Promise<ScannedLayer>;
  private readonly blobHash;
  private readonly tarHash;
  private blobBytes = 0;
  private over = false;

  /**
   * @param what names the layer in errors
   * @param head the first bytes of the blob, which tell its compression; they are to be pushed all the same
   * @throws LayerscopeError `unsupported-compression`
   */
  constructor(what: string, head: Buffer, hashed: boolean) {
    this.compression = sniffCompression(head, what);
    this.blobHash = hashed ? createHash('sha256') : null;
    this.tarHash = hashed ? createHash('sha256') : null;
    this.input.on('error', () => {}); // the reader of the other end fails, and says so in `finish`
    this.scanned = this.scan(what).finally(() => (this.over = true));
    this.scanned.catch(() => {});
  }

  /** Takes the next piece, and waits while the scan is behind. Failures show in `finish`. */
  async push(piece: Buffer): Promise<void> {
    this.blobBytes += piece.length;
    this.blobHash?.update(piece);
    if (this.over || this.input.write(piece)) return;
    await Promise.race([once(this.input, 'drain'), this.scanned]).catch(() => {});
  }

  /** The blob is complete. @throws LayerscopeError whatever the scan failed with */
  async finish(): Promise<ScannedBlob> {
    this.input.end();
    const { index, digests, kept } = await this.scanned;
    const { compression, blobBytes, blobHash, tarHash } = this;
    const hashes =
      blobHash === null || tarHash === null
        ? null
        : { blob: `sha256:${blobHash.digest('hex')}` as const, tar: `sha256:${tarHash.digest('hex')}` as const };
    return { index, digests, kept, compression, blobBytes, hashes, chunks: null };
  }

  private async scan(what: string): Promise<ScannedLayer> {
    const scanner = new LayerStreamScanner(what);
    for await (const chunk of decompress(this.input as AsyncIterable<Buffer>, this.compression, what)) {
      this.tarHash?.update(chunk);
      scanner.push(chunk);
    }
    return scanner.finish();
  }
}
