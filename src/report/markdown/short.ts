import { cutText } from '../../text/cut.ts';
import { sanitize } from '../../text/sanitize.ts';
import { code, escapeText } from '../markdown-text.ts';

/** UTF-16 units of one text: no name, message or step takes the page from the others. */
const longest = 300;

/** A text as `escapeText` gives it, told by its start where it is long. */
export function shortText(text: string): string {
  return escapeText(cutText(sanitize(text), longest));
}

/** A code span, told by its start where it is long. */
export function shortCode(text: string): string {
  return code(cutText(sanitize(text), longest));
}
