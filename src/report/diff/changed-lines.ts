import type { LineGrowth } from '../../comparison/comparison.ts';
import { sanitize } from '../../text/sanitize.ts';

/** The rows that have something to tell, in their order. */
export function changedLines(lines: readonly LineGrowth[]): LineGrowth[] {
  return lines.filter(({ change }) => change !== 0);
}

/** Those with the largest change either way, in their order. */
export function mostChanged(lines: readonly LineGrowth[], count: number): LineGrowth[] {
  const largest = lines.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, count);
  const chosen = new Set(largest);
  return lines.filter((line) => chosen.has(line));
}

/** What became of a step, in a word; nothing where it is written as before. */
export const kindWords: Readonly<Record<LineGrowth['kind'], string>> = {
  base: '',
  same: '',
  edited: 'edited',
  added: 'new',
  removed: 'gone',
};

/** The Dockerfile that all lines are in; null where there is none, or two. */
export function fileOfLines(lines: readonly LineGrowth[]): string | null {
  const files = new Set(lines.flatMap(({ location }) => (location === null ? [] : [location.file])));
  const [file] = files;
  return files.size === 1 && file !== undefined ? file : null;
}

/** The number of a line, with its file where there are two; one that is gone has its place in the old image's. */
export function placeOfLine({ location, kind }: LineGrowth, file: string | null): string {
  if (location === null) return '';
  const place = file === null ? `${location.file}:${location.startLine}` : String(location.startLine);
  return sanitize(kind === 'removed' ? `${place} before` : place);
}
