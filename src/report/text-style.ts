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
  return withoutCommands(`${full.map((lines) => lines.join('\n')).join('\n\n')}\n`);
}

/**
 * A page as a log may have it: the runner of GitHub Actions takes a line that starts with `::`, and `##[` anywhere, for a
 * command to itself, and a name from an image may be where a line is broken.
 */
export function withoutCommands(page: string): string {
  return page.replaceAll(/^([ \t]*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}
