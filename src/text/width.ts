import stringWidth from 'string-width';

/** ASCII and the drawing characters of our own reports and screens, arrows included: one column each. */
const plain = /^[\u0020-\u007e\u00b7\u2026\u2190-\u2193\u2500-\u259f\u25b8\u25be]*$/;

/** Whether a text takes one column for each character. */
export function isPlain(text: string): boolean {
  return plain.test(text);
}

/**
 * Columns that a text takes on a terminal. Plain text does not wake string-width up: compiling its emoji patterns takes
 * 40 ms, a tenth of a run on a small image.
 */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text);
}
