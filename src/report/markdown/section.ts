import { markdownTable } from '../markdown-text.ts';

/** A part of a page, of which rows can be left out from the end. */
export interface MarkdownSection {
  /** What its rows are, to tell how many are left out; null for a part that stays whole. */
  readonly rowsAre: string | null;
  readonly before: string;
  readonly rows: readonly string[];
  readonly after: string;
  /** Rows there are besides those above, which nobody wants to read. */
  readonly more: number;
}

/** A part that stays whole. */
export function wholeSection(text: string): MarkdownSection {
  return { rowsAre: null, before: text, rows: [], after: '', more: 0 };
}

export interface TableSection {
  readonly rowsAre: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Numbers of the columns that hold numbers. */
  readonly right: readonly number[];
  /** Rows shown at most. */
  readonly most: number;
  readonly before?: string;
  readonly after?: string;
}

/** A table; nothing if it has no rows. */
export function tableSection(table: TableSection): MarkdownSection[] {
  const { rowsAre, header, rows, right, most, before = '', after = '' } = table;
  const [title = '', rule = '', ...lines] = markdownTable(header, rows.slice(0, most), right).split('\n');
  if (rows.length === 0) return [];
  return [
    { rowsAre, before: `${before}${title}\n${rule}\n`, rows: lines, after, more: Math.max(0, rows.length - most) },
  ];
}

/** The text of a section with so many of its rows. */
export function sectionText({ before, rows, after, more }: MarkdownSection, shown = rows.length): string {
  const left = rows.length - shown + more;
  const rest = left === 0 ? '' : `${shown === 0 ? '\n' : '\n\n'}and ${left} more`;
  return `${before}${rows.slice(0, shown).join('\n')}${rest}${after}`;
}
