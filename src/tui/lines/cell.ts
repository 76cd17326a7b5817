import { textWidth } from '../../text/width.ts';
import { type Role, type Span, span } from '../line.ts';

/** A text set to the right of a column of that width. One that is wider is shown whole: a size is never cut. */
export function right(text: string, width: number, role: Role = 'plain'): Span {
  return span(' '.repeat(Math.max(0, width - textWidth(text))) + text, role);
}

/** A text set to the left of a column of that width. */
export function left(text: string, width: number, role: Role = 'plain'): Span {
  return span(text + ' '.repeat(Math.max(0, width - textWidth(text))), role);
}

export const gap: Span = span(' ');
