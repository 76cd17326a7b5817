import { crc32 } from 'node:zlib';
import * as v from 'valibot';
import { type Digest, digestSchema } from '../image/digest.ts';
import type { ScannedBlob } from '../layer/scan-blob.ts';
import { sanitize } from '../text/sanitize.ts';
import { isWarningCode, type WarningCode } from '../warnings.ts';
import {
  packChunks,
  packColumns,
  packDigests,
  packKept,
  packSparse,
  packStrings,
  unpackChunks,
  unpackColumns,
  unpackDigests,
  unpackKept,
  unpackSparse,
  unpackStrings,
} from './index-arrays.ts';
import { ArrayPacker, ArrayUnpacker, padding, type PackedShape } from './packed-arrays.ts';
import { isSound } from './sound-index.ts';

/** The version of what follows. A change to it, to the columns, or to what is read from a layer, is a new version. */
export const formatVersion = 1;

/*
 * A file is four numbers of 32 bits (magic, version, CRC-32 of all that comes behind it, bytes of the header), a header
 * in JSON, and arrays, each from a multiple of 8 on. Numbers are in the byte order of the machine: caches do not travel,
 * and one that did has the wrong magic number.
 */
const magic = 0x5849534c;
const preludeBytes = 16;
const checkedFrom = 12;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const headerSchema = v.object({
  blob: digestSchema,
  compression: v.picklist(['none', 'gzip', 'zstd']),
  blobBytes: count,
  tarBytes: v.nullable(count),
  hashes: v.nullable(v.object({ blob: digestSchema, tar: digestSchema })),
  chunked: v.boolean(),
  oddities: v.array(
    v.object({
      code: v.custom<WarningCode>(isWarningCode),
      count,
      // It was fit to print when it was written; a warning is printed as it comes.
      example: v.pipe(v.string(), v.transform(sanitize)),
    }),
  ),
  arrays: v.array(v.tuple([v.number(), count])),
});

/** The index of a blob as the pieces of a file. */
export function encodeIndex(blob: Digest, scanned: ScannedBlob): Uint8Array[] {
  const { index, digests, kept, compression, blobBytes, hashes, chunks } = scanned;
  const arrays = new ArrayPacker();
  packStrings(arrays, index.strings);
  packColumns(arrays, index);
  packSparse(arrays, index.sparse);
  packDigests(arrays, digests, index.count);
  packKept(arrays, kept);
  if (chunks !== null) packChunks(arrays, chunks);
  const header = headerBytes({
    blob,
    compression,
    blobBytes,
    tarBytes: index.tarBytes,
    hashes,
    chunked: chunks !== null,
    oddities: [...index.oddities],
    arrays: arrays.shapes.map(([width, length]): [number, number] => [width, length]),
  });
  const prelude = Uint32Array.of(magic, formatVersion, 0, header.length);
  const bytes = new Uint8Array(prelude.buffer);
  const pieces = [header, ...arrays.parts];
  prelude[2] = pieces.reduce((sum, piece) => crc32(piece, sum), crc32(bytes.subarray(checkedFrom)));
  return [bytes, ...pieces];
}

/** Padded, for what follows is an array. */
function headerBytes(header: v.InferInput<typeof headerSchema>): Uint8Array {
  const text = Buffer.from(JSON.stringify(header));
  return Buffer.concat([text, Buffer.alloc(padding(text.length), ' ')]);
}

/**
 * The index that a file holds of a blob; null if it is damaged, of another version or of another blob. What is in it is
 * not trusted: nothing is allocated that the file cannot hold, and others can work with whatever comes back.
 * @param bytes from a multiple of 8 on in their buffer
 */
export function decodeIndex(blob: Digest, bytes: Uint8Array<ArrayBuffer>): ScannedBlob | null {
  if (bytes.length < preludeBytes) return null;
  const [foundMagic, version, crc, headerLength = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  if (foundMagic !== magic || version !== formatVersion) return null;
  if (crc32(bytes.subarray(checkedFrom)) !== crc) return null;
  try {
    const scanned = unpack(blob, bytes, headerLength);
    return scanned !== null && isSound(scanned) ? scanned : null;
  } catch {
    // Written by somebody else, with the right checksum: whatever is wrong, there is no index.
    return null;
  }
}

function unpack(blob: Digest, bytes: Uint8Array<ArrayBuffer>, headerLength: number): ScannedBlob | null {
  const start = preludeBytes + headerLength;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + preludeBytes, headerLength).toString();
  const header = v.parse(headerSchema, JSON.parse(text));
  if (header.blob !== blob) return null;
  const arrays = new ArrayUnpacker(bytes, start, header.arrays satisfies readonly PackedShape[]);
  const { tarBytes, oddities, compression, blobBytes, hashes } = header;
  const strings = unpackStrings(arrays);
  const columns = unpackColumns(arrays, strings.starts.length - 1);
  const sparse = unpackSparse(arrays);
  const index = { ...columns, count: columns.type.length, sparse, strings, tarBytes, oddities };
  const digests = unpackDigests(arrays);
  const kept = unpackKept(arrays);
  const chunks = header.chunked ? unpackChunks(arrays) : null;
  return arrays.isDone ? { index, digests, kept, compression, blobBytes, hashes, chunks } : null;
}
