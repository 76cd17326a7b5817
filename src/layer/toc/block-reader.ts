import type { RemoteBlob } from '../remote-blob.ts';
import type { Block } from './plan-reads.ts';

/** How many requests are under way at a time: enough that waiting for one is not waiting for nothing. */
const ahead = 4;

/** Reads blocks of a blob, which are asked for a few at a time, before somebody wants them. */
export class BlockReader {
  private readonly blob: RemoteBlob;
  private readonly blocks: readonly Block[];
  private readonly asked = new Map<number, Promise<Buffer>>();
  /** Nothing before this block is wanted any more. */
  private current = 0;

  /** @param blocks in ascending order */
  constructor(blob: RemoteBlob, blocks: readonly Block[]) {
    this.blob = blob;
    this.blocks = blocks;
  }

  /** The bytes from `offset` to before `end`, which the blocks hold. What comes before them is not to be had again. */
  async *bytes(offset: number, end: number): AsyncGenerator<Buffer, void, void> {
    while ((this.blocks[this.current]?.end ?? Infinity) <= offset) this.asked.delete(this.current++);
    for (let at = offset, place = this.current; at < end; place++) {
      const block = await this.block(place);
      const start = this.blocks[place]?.offset ?? 0;
      const piece = block.subarray(at - start, end - start);
      at += piece.length;
      yield piece;
      if (at < end) this.asked.delete(place);
    }
  }

  private block(place: number): Promise<Buffer> {
    for (let next = place; next < Math.min(place + ahead, this.blocks.length); next++) {
      const { offset, end } = this.blocks[next] as Block;
      if (this.asked.has(next)) continue;
      const asked = this.blob.read(offset, end - offset);
      // Whoever comes to it sees the failure; nobody may come.
      asked.catch(() => {});
      this.asked.set(next, asked);
    }
    return this.asked.get(place) as Promise<Buffer>;
  }
}
