import { isPlain, textWidth } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A cell: its text decides its width, its paint (colours, which take no width) is put on after padding. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Lays rows out in columns two spaces apart. The last column is cut to what is left of the width.
 * @param width columns of the terminal
 */
export function layTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): string[] {
  const header = columns.map(({ title }): Cell => ({ text: title }));
  const all = columns.some(({ title }) => title !== '') ? [header, ...rows] : [...rows];
  const widths = columns.map((_, at) => Math.max(...all.map((row) => textWidth(row[at]?.text ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0);
  const last = columns.length - 1;
  widths[last] = Math.min(widths[last] ?? 0, Math.max(8, width - before));
  return all.map((row) =>
    columns
      .map(({ align }, at) => layCell(row[at] ?? { text: '' }, widths[at] ?? 0, align, at === last))
      .join('  ')
      .trimEnd(),
  );
}

/** A table without the columns that have nothing but a title. */
export function withoutEmpty(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] } {
  const full = columns.map((_, at) => rows.some((row) => (row[at]?.text ?? '') !== ''));
  const kept = <Item>(items: readonly Item[]): Item[] => items.filter((_, at) => full[at] === true);
  return { columns: kept(columns), rows: rows.map(kept) };
}

function layCell({ text, paint }: Cell, width: number, align: Column['align'], isLast: boolean): string {
  const shown = cutToWidth(text, width);
  const padding = ' '.repeat(Math.max(0, width - textWidth(shown)));
  const painted = paint === undefined ? shown : paint(shown);
  if (align === 'right') return padding + painted;
  return isLast ? painted : painted + padding;
}

/** Made when a text is cut that needs it: it takes a tenth of a millisecond, which a screen full of long names would feel. */
let graphemes: Intl.Segmenter | undefined;

/** Cuts a text to a width in terminal columns; an ellipsis tells that it was. */
export function cutToWidth(text: string, width: number): string {
  // A path can be a megabyte: measure no more of it than fits.
  const measured = text.slice(0, width * 8 + 8);
  if (measured.length === text.length && textWidth(text) <= width) return text;
  if (isPlain(measured)) return `${measured.slice(0, Math.max(0, width - 1))}…`;
  let cut = '';
  let used = 0;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(measured)) {
    const one = textWidth(segment);
    if (used + one > width - 1) break;
    cut += segment;
    used += one;
  }
  return cut.length === text.length ? cut : `${cut}…`;
}

/** Cuts the middle out of a path, so that its start and its last part stay readable. */
export function cutPath(path: string, width: number): string {
  if (textWidth(path) <= width) return path;
  const slash = path.lastIndexOf('/');
  const tail = path.slice(Math.max(0, slash));
  const tailWidth = textWidth(tail);
  if (tailWidth + 2 > width || tail.length === path.length) return cutToWidth(path, width);
  return `${cutToWidth(path.slice(0, slash), width - tailWidth)}${tail}`;
}
