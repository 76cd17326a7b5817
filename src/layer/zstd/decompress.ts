import { LayerscopeError, problem, reasonOf } from '../../errors.ts';
import { chunkSize } from '../file-extent.ts';
import { type FrameDecoder, openFrameDecoder } from './frame-decoder.ts';
import { isZstdFrame, longestHeader, readBlockHeader, readFrameHeader, skippableLength } from './frame.ts';

/** As the zstd command: a frame that wants more memory to decode is refused. */
const windowLimit = 128 * 1024 * 1024;

/**
 * Decompresses a zstd stream of any number of frames, skippable ones included.
 * @throws LayerscopeError `corrupt-compression`
 */
export async function* decompressZstd(source: AsyncIterable<Buffer>, what: string): AsyncGenerator<Buffer, void, void> {
  const input = new Input(source);
  const fail = (reason: string): LayerscopeError =>
    problem('corrupt-compression', { path: what, format: 'zstd', reason });
  try {
    for (;;) {
      const start = await input.peek(longestHeader);
      if (start.length === 0) return;
      const skippable = skippableLength(start);
      if (skippable !== null) {
        for await (const _ of input.take(skippable)) void _;
        continue;
      }
      const header = isZstdFrame(start) ? readFrameHeader(start) : null;
      if (header === null) throw fail('unexpected bytes between frames');
      if (header.windowSize > windowLimit) throw fail(`it takes ${header.windowSize} bytes of memory to decode`);
      yield* frame(input, header.bytes, header.checksum, fail);
    }
  } catch (error) {
    if (error instanceof LayerscopeError) throw error;
    throw fail(reasonOf(error));
  }
}

async function* frame(
  input: Input,
  headerBytes: number,
  checksum: boolean,
  fail: (reason: string) => LayerscopeError,
): AsyncGenerator<Buffer, void, void> {
  const decoder: FrameDecoder = await openFrameDecoder(chunkSize);
  for await (const piece of input.take(headerBytes)) yield* await decoder.push(piece);
  for (;;) {
    const blockStart = await input.peek(3);
    if (blockStart.length < 3) throw fail('it ends within a frame');
    const block = readBlockHeader(blockStart, 0);
    if (block === null) throw fail('a block has a reserved type');
    const trailer = block.last && checksum ? 4 : 0;
    for await (const piece of input.take(3 + block.bodyBytes + trailer)) yield* await decoder.push(piece);
    if (block.last) break;
  }
  yield* await decoder.finish();
}

/** Chunks of any size, read by the byte count. */
class Input {
  private readonly source: AsyncIterator<Buffer>;
  private chunk: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, fewer at the end, without consuming them. */
  async peek(count: number): Promise<Buffer> {
    while (this.chunk.length < count) {
      const next = await this.source.next();
      if (next.done === true) break;
      this.chunk = this.chunk.length === 0 ? next.value : Buffer.concat([this.chunk, next.value]);
    }
    return this.chunk.subarray(0, count);
  }

  /** Consumes `count` bytes. @throws if the input ends before */
  async *take(count: number): AsyncGenerator<Buffer, void, void> {
    let remaining = count;
    while (remaining > 0) {
      const available = await this.peek(1);
      if (available.length === 0) throw new Error('it ends within a frame');
      const piece = this.chunk.subarray(0, Math.min(remaining, this.chunk.length));
      this.chunk = this.chunk.subarray(piece.length);
      remaining -= piece.length;
      yield piece;
    }
  }
}
