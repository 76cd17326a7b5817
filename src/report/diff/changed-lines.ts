import type { LineGrowth } from '../../comparison/comparison.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutPath } from '../../text/table.ts';

const fileWidth = 60;

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

/** The Dockerfile of the new image, if it has one and no more; lines that are gone may be in another one. */
export function fileOfLines(lines: readonly LineGrowth[]): string | null {
  const present = lines.filter(({ kind }) => kind !== 'removed');
  const files = new Set(present.flatMap(({ location }) => (location === null ? [] : [location.file])));
  const [file] = files;
  return files.size === 1 && file !== undefined ? file : null;
}

/** A saved report may call it what it likes. */
export function shownFile(file: string): string {
  return cutPath(sanitize(file), fileWidth);
}

/** The number of a line, with its file where that is another one; one that is gone is told by where it was. */
export function placeOfLine({ location, kind }: LineGrowth, file: string | null): string {
  if (location === null) return '';
  const place = file === location.file ? '' : `${shownFile(location.file)}:`;
  return `${kind === 'removed' ? 'was ' : ''}${place}${location.startLine}`;
}
