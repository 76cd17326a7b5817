import type { ChunkTable } from '../chunk-table.ts';

/** A quarter of a terabyte in the smallest chunks that are written. */
const chunkLimit = 4_000_000;

const digestBytes = 32;

type Columns = Omit<ChunkTable, 'starts'>;

function allocate(rows: number): Columns {
  return {
    offset: new Float64Array(rows),
    end: new Float64Array(rows),
    skip: new Float64Array(rows),
    position: new Float64Array(rows),
    size: new Float64Array(rows),
    digests: new Uint8Array(rows * digestBytes),
  };
}

function resize(columns: Columns, rows: number): Columns {
  const resized = allocate(rows);
  for (const name of ['offset', 'end', 'skip', 'position', 'size'] as const)
    resized[name].set(columns[name].subarray(0, rows));
  resized.digests.set(columns.digests.subarray(0, rows * digestBytes));
  return resized;
}

/** Collects chunks into columns that double as they fill. */
export class ChunkTableBuilder {
  private readonly fail: (reason: string) => Error;
  private columns = allocate(1024);
  private capacity = 1024;
  private count = 0;
  private starts = new Uint32Array(1024);
  private rows = 0;
  /** The first of the chunks whose end is not known yet. */
  private open = 0;

  /** @param fail makes the error of a table that is not as it should be */
  constructor(fail: (reason: string) => Error) {
    this.fail = fail;
  }

  /** Appends a chunk of the entry `row`; rows ascend, and so do offsets. */
  add(row: number, chunk: { offset: number; skip: number; position: number; size: number; digest: Uint8Array }): void {
    if (this.count === chunkLimit) throw this.fail(`it has more than ${chunkLimit} chunks`);
    if (this.count === this.capacity) {
      this.capacity *= 2;
      this.columns = resize(this.columns, this.capacity);
    }
    this.startRows(row + 1);
    const { columns, count } = this;
    if (count > 0 && chunk.offset !== columns.offset[count - 1]) this.endOpen(chunk.offset);
    columns.offset[count] = chunk.offset;
    columns.skip[count] = chunk.skip;
    columns.position[count] = chunk.position;
    columns.size[count] = chunk.size;
    columns.digests.set(chunk.digest, count * digestBytes);
    this.count++;
  }

  /** @param rows how many entries there are @param end where the compressed content ends in the blob */
  finish(rows: number, end: number): ChunkTable {
    this.endOpen(end);
    this.startRows(rows + 1);
    return { starts: this.starts.slice(0, rows + 1), ...resize(this.columns, this.count) };
  }

  private endOpen(end: number): void {
    this.columns.end.fill(end, this.open, this.count);
    this.open = this.count;
  }

  /** Entries up to `rows` start here if they did not start yet. */
  private startRows(rows: number): void {
    if (rows > this.starts.length) {
      const grown = new Uint32Array(Math.max(this.starts.length * 2, rows));
      grown.set(this.starts);
      this.starts = grown;
    }
    if (rows <= this.rows) return;
    this.starts.fill(this.count, this.rows, rows);
    this.rows = rows;
  }
}
