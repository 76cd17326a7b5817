/**
 * A zstd frame of raw blocks (RFC 8878, 3.1.1): not compressed, but zstd all the same, and no encoder is needed.
 */
export function storedFrame(bytes: Buffer): Buffer {
  // No single segment, no checksum, no content size; a window of 1 MiB.
  const blocks: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 10 << 3])];
  const most = 128 * 1024;
  for (let at = 0; at === 0 || at < bytes.length; at += most) {
    const block = bytes.subarray(at, at + most);
    blocks.push(blockHeader(0, block.length, at + most >= bytes.length), block);
  }
  return Buffer.concat(blocks);
}

/** A frame of `count` blocks, each 128 KiB of one byte: four bytes of input for each. */
export function repeatedFrame(byte: number, count: number): Buffer {
  const block = Buffer.concat([blockHeader(1, 128 * 1024, false), Buffer.from([byte])]);
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 10 << 3]);
  return Buffer.concat([head, ...Array.from({ length: count }, () => block), blockHeader(0, 0, true)]);
}

/** A frame that decoders pass over. */
export function skippableFrame(content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

function blockHeader(type: number, size: number, last: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE(size * 8 + type * 2 + Number(last), 0, 3);
  return header;
}
