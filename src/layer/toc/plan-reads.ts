import type { ChunkTable } from '../chunk-table.ts';

/** A chunk that is wanted. */
interface WantedChunk {
  readonly row: number;
  readonly chunk: number;
}

/** A part of the blob that is decompressed on its own, and the chunks to be had of it, in their order in it. */
export interface PartToRead {
  readonly offset: number;
  readonly end: number;
  readonly chunks: readonly WantedChunk[];
}

/** Bytes that are asked for in one request. */
export interface Block {
  readonly offset: number;
  readonly end: number;
}

/** What to read of a blob: parts in ascending order, and the requests that bring them. */
export interface ReadPlan {
  readonly parts: readonly PartToRead[];
  readonly blocks: readonly Block[];
}

/** As much as one request asks for, in bytes. */
const blockLimit = 4 * 1024 * 1024;

/** Bytes between two parts that cost less than another request. */
const gapLimit = 16 * 1024;

/** @param rows entries that are regular files, in ascending order */
export function planReads(table: ChunkTable, rows: readonly number[]): ReadPlan {
  const parts = partsOf(table, rows);
  const blocks: { readonly offset: number; end: number }[] = [];
  for (const { offset, end } of parts) {
    const last = blocks.at(-1);
    if (last !== undefined && offset - last.end <= gapLimit && end - last.offset <= blockLimit) last.end = end;
    else
      for (let at = offset; at < end; at += blockLimit)
        blocks.push({ offset: at, end: Math.min(end, at + blockLimit) });
  }
  return { parts, blocks };
}

function partsOf(table: ChunkTable, rows: readonly number[]): PartToRead[] {
  const parts: { readonly offset: number; end: number; readonly chunks: WantedChunk[] }[] = [];
  for (const row of rows) {
    for (let chunk = table.starts[row] ?? 0; chunk < (table.starts[row + 1] ?? 0); chunk++) {
      const offset = table.offset[chunk] ?? 0;
      const end = Math.min(table.end[chunk] ?? 0, offset + longestPart(table, chunk));
      const last = parts.at(-1);
      if (last?.offset !== offset) parts.push({ offset, end, chunks: [{ row, chunk }] });
      else {
        last.chunks.push({ row, chunk });
        last.end = end;
      }
    }
  }
  return parts;
}

/** A zstd block can be decompressed only as a whole (RFC 8878, 3.1.1.2.4). */
const longestBlock = 128 * 1024 + 3;

/**
 * What is needed of a part at most, in bytes: no compressor makes more of what cannot be compressed. Behind a file in its
 * part may stand the headers of any number of entries without content, and what a table of contents claims is a claim.
 */
function longestPart(table: ChunkTable, chunk: number): number {
  return Math.ceil(((table.skip[chunk] ?? 0) + (table.size[chunk] ?? 0)) * 1.25) + longestBlock;
}
