import { textWidth } from '../../text/width.ts';
import { type Line, span } from '../line.ts';
import { paintLine, type Theme } from '../theme.ts';

/** A title with a line to the end of its pane: a double one tells which pane has the keys. */
export function paintTitle(theme: Theme, title: Line, width: number, hasFocus: boolean): string {
  const sign = hasFocus ? '═' : '─';
  const role = hasFocus ? 'lit' : 'faint';
  const used = title.reduce((sum, { text }) => sum + textWidth(text), 0);
  const rest = Math.max(0, width - used - 3);
  return paintLine(theme, [span(`${sign} `, role), ...title, span(` ${sign.repeat(rest)}`, role)], width, 'plain');
}
