import type { Line, Role, Span } from '../line.ts';
import { span } from '../line.ts';
import type { LineCell } from './cells.ts';

/** The part of a long line that is on the screen, in columns. */
export interface Sight {
  readonly width: number;
  /** Columns that are out of sight on the left. */
  readonly scrollX: number;
}

/** Which look the bytes from `at` to `end` have. */
export type RoleOf = (at: number, end: number) => Role;

/**
 * The part of a line that is in sight, never wider than that; an ellipsis tells that there is more to the right. Takes no
 * more cells than it shows.
 * @param cells of the line from the first that is in sight, or some before that
 */
export function cutCells(cells: Iterable<LineCell>, { width, scrollX }: Sight, roleOf: RoleOf): Line {
  if (width <= 0) return [];
  const shown: { readonly text: string; readonly columns: number; readonly role: Role }[] = [];
  let used = 0;
  for (const { at, end, column, columns, text } of cells) {
    const hidden = Math.max(0, scrollX - column);
    if (hidden >= columns) continue;
    // Half a wide character cannot be shown, nor the rest of an escape: it would read as something else.
    shown.push({
      text: hidden > 0 ? ' '.repeat(columns - hidden) : text,
      columns: columns - hidden,
      role: roleOf(at, end),
    });
    used += columns - hidden;
    if (used <= width) continue;
    while (used > width - 1) used -= shown.pop()?.columns ?? used;
    return joinSpans([...shown.map((one) => span(one.text, one.role)), span('…', 'faint')]);
  }
  return joinSpans(shown.map((one) => span(one.text, one.role)));
}

/** The same line in as few spans as there are changes of role. */
export function joinSpans(spans: readonly Span[]): Line {
  const joined: { text: string; role: Role }[] = [];
  for (const { text, role } of spans) {
    const last = joined.at(-1);
    if (last?.role === role) last.text += text;
    else if (text !== '') joined.push({ text, role });
  }
  return joined;
}
