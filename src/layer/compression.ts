import { Readable, type TransformOptions } from 'node:stream';
import { constants, createGunzip, type ZlibOptions } from 'node:zlib';
import { problem, reasonOf } from '../errors.ts';
import { chunkSize } from './file-extent.ts';
import { decompressZstd } from './zstd/decompress.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** How many first bytes `sniffCompression` wants to see. */
export const magicBytes = 8;

const foreign: readonly (readonly [format: string, magic: readonly number[]])[] = [
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
];

/**
 * Tells the compression of a blob by its first bytes, never by name or media type.
 * @throws LayerscopeError `unsupported-compression` for formats that are known but not used in images
 */
export function sniffCompression(head: Uint8Array, what: string): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd && head[0] === 0x28) return 'zstd';
  // A zstd stream may start with a skippable frame, 0x184D2A50 to 0x184D2A5F (RFC 8878, 3.1.2).
  if (((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18) return 'zstd';
  for (const [format, magic] of foreign)
    if (magic.every((byte, at) => head[at] === byte)) throw problem('unsupported-compression', { path: what, format });
  return 'none';
}

/**
 * The decompressed bytes of a stream, in chunks of about 1 MiB.
 * @throws LayerscopeError `corrupt-compression` when the stream is damaged or truncated
 */
export function decompress(
  source: AsyncIterable<Buffer>,
  compression: Compression,
  what: string,
): AsyncIterable<Buffer> {
  switch (compression) {
    case 'none':
      return source;
    case 'gzip':
      return gunzip(source, what, { chunkSize });
    case 'zstd':
      return decompressZstd(source, what);
  }
}

/** Parts are mostly of some kilobytes: room for a large chunk takes longer to get than they take to inflate. */
const partChunkSize = 64 * 1024;

/**
 * Like `decompress`, for bytes from the middle of a blob: of a gzip member that is cut off at their end comes what there
 * is of it.
 */
export function decompressPart(
  source: AsyncIterable<Buffer>,
  compression: Compression,
  what: string,
): AsyncIterable<Buffer> {
  if (compression !== 'gzip') return decompress(source, compression, what);
  return gunzip(source, what, { chunkSize: partChunkSize, finishFlush: constants.Z_SYNC_FLUSH });
}

async function* gunzip(
  source: AsyncIterable<Buffer>,
  what: string,
  options: Pick<ZlibOptions, 'chunkSize' | 'finishFlush'>,
): AsyncGenerator<Buffer, void, void> {
  const compressed = Readable.from(source, { objectMode: false, highWaterMark: chunkSize });
  // Room for some chunks: with the default, inflating stops for every chunk until its reader has come for it.
  const roomy: ZlibOptions & TransformOptions = { ...options, highWaterMark: 4 * chunkSize };
  const gunzipped = createGunzip(roomy);
  // pipe() does not carry errors: a failing source has to fail its reader.
  compressed.once('error', (error) => gunzipped.destroy(error));
  try {
    yield* compressed.pipe(gunzipped) as AsyncIterable<Buffer>;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw problem('corrupt-compression', { path: what, format: 'gzip', reason: reasonOf(error) }, error);
  } finally {
    compressed.destroy();
    gunzipped.destroy();
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
