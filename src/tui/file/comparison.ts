import type { Line, Role } from '../line.ts';
import { span } from '../line.ts';
import { cellsFromColumn, indexLines, type LineIndex, lineCount } from './line-index.ts';
import { cutCells, joinSpans, type Sight } from './row.ts';

/** What a row of a comparison is: something said about the two, what both have, or only one of them. */
export type RowKind = 'said' | 'hunk' | 'same' | 'removed' | 'added';

/** A row in the making. Its text is one line, not yet fit for a terminal. */
export interface CompareRow {
  readonly kind: RowKind;
  readonly text: string;
}

/** How a file differs from the one in the layer below, in rows that are laid out when they are shown. */
export interface Comparison {
  readonly kinds: readonly RowKind[];
  readonly lines: LineIndex;
}

/** The sign says what the colour says. */
const looks: Readonly<Record<RowKind, { readonly sign: string; readonly role: Role }>> = {
  said: { sign: '', role: 'strong' },
  hunk: { sign: '', role: 'faint' },
  same: { sign: '  ', role: 'plain' },
  removed: { sign: '- ', role: 'removed' },
  added: { sign: '+ ', role: 'added' },
};

export function toComparison(rows: readonly CompareRow[]): Comparison {
  const lines = indexLines(Buffer.from(rows.map(({ text }) => `${text}\n`).join(''), 'utf8'));
  return { kinds: rows.map(({ kind }) => kind), lines };
}

/** One row, cut to the width; its sign stays while it is scrolled. @param n from 0; a row that is not there is empty */
export function compareLine({ kinds, lines }: Comparison, n: number, { width, scrollX }: Sight): Line {
  const kind = kinds[n];
  if (kind === undefined || width <= 0) return [];
  const { sign, role } = looks[kind];
  const cells = cellsFromColumn(lines, n, scrollX);
  const shown = cutCells(cells, { width: width - sign.length, scrollX }, () => role);
  return joinSpans([span(sign.slice(0, width), role), ...shown]);
}

/** The rows from `top` on that fit into `height`. */
export function compareLines(comparison: Comparison, top: number, height: number, sight: Sight): Line[] {
  const count = Math.max(0, Math.min(height, compareLineCount(comparison) - top));
  return Array.from({ length: count }, (_, row) => compareLine(comparison, top + row, sight));
}

export function compareLineCount({ lines }: Comparison): number {
  return lineCount(lines);
}
