import { type Line, span } from '../line.ts';
import type { FileText } from './file-text.ts';
import { cellsFromColumn, columnAt, lineAt, lineCount } from './line-index.ts';
import { type Matches, roleIn } from './matches.ts';
import { cutCells, joinSpans, type Sight } from './row.ts';

/** What of a text is shown, and what was found in it. */
export interface TextView extends Sight {
  readonly matches: Matches | null;
}

/** Fewer columns than that are all for the text. */
const leastText = 8;

/** One line with its number, cut to the width. @param n from 0; a line that is not there is empty */
export function textLine(text: FileText, n: number, view: TextView): Line {
  if (n >= lineCount(text)) return [];
  const gutter = gutterWidth(text, view.width);
  const cells = cellsFromColumn(text, n, view.scrollX);
  const shown = cutCells(cells, { ...view, width: view.width - gutter }, roleIn(view.matches));
  return joinSpans([...(gutter === 0 ? [] : [span(`${String(n + 1).padStart(gutter - 1)} `, 'faint')]), ...shown]);
}

/** The lines from `top` on that fit into `height` rows. */
export function textLines(text: FileText, top: number, height: number, view: TextView): Line[] {
  const count = Math.max(0, Math.min(height, lineCount(text) - top));
  return Array.from({ length: count }, (_, row) => textLine(text, top + row, view));
}

/** Columns that the line numbers take, with the space behind them. */
function gutterWidth(text: FileText, width: number): number {
  const gutter = String(lineCount(text)).length + 1;
  return width - gutter < leastText ? 0 : gutter;
}

/**
 * Where a position is: its line, and how far to scroll to the right for it to be in sight with what is before it.
 * @param position offset into the text's bytes
 */
export function placeInText(text: FileText, position: number, sight: Sight): { line: number; scrollX: number } {
  const line = lineAt(text, position);
  const column = columnAt(text, line, position);
  const width = Math.max(1, sight.width - gutterWidth(text, sight.width));
  if (column < width / 2) return { line, scrollX: 0 };
  const isInSight = column >= sight.scrollX && column < sight.scrollX + width / 2;
  return { line, scrollX: isInSight ? sight.scrollX : Math.floor(column - width / 4) };
}
