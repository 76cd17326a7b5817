import type { Paint } from './paint.ts';

/** How a text report is to look. */
export interface TextStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

/** A table's lines with its title line set back. */
export function titled(lines: readonly string[], paint: Paint): string[] {
  return lines.map((line, at) => (at === 0 ? paint.faint(line) : line));
}
