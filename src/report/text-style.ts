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

/** Sections with a blank line between them; those without lines are left out. Ends with a newline. */
export function sectionsToPage(sections: readonly (readonly string[])[]): string {
  const full = sections.filter((lines) => lines.length > 0);
  return `${full.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
