import type { Oddity } from '../warnings.ts';
import { columnNames, type LayerColumns } from './layer-columns.ts';
import type { StringTable } from './string-table.ts';
import type { SparseMap } from './tar/sparse.ts';

/**
 * The entries of one layer as columns, in the order of the tar: typed arrays and one string table instead of an object
 * per entry, so that a million entries fit in some 100 MB and cross from a worker without being copied. Entry `i` is
 * row `i` of every column.
 */
export interface LayerIndex extends LayerColumns {
  readonly count: number;
  /** Sparse files only: where their stored bytes belong. */
  readonly sparse: ReadonlyMap<number, { readonly map: SparseMap; readonly storedSize: number }>;
  readonly strings: StringTable;
  /** Size of the uncompressed tar with its padding, in bytes; null where only its table of contents was read. */
  readonly tarBytes: number | null;
  readonly oddities: readonly Oddity[];
}

/** The buffers to transfer when an index leaves its worker. */
export function transferables(index: LayerIndex): ArrayBuffer[] {
  const columns = columnNames.map((name) => index[name]);
  return [...columns, index.strings.bytes, index.strings.starts].map((column) => column.buffer);
}
