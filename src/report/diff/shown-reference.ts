import type { ComparedImage } from '../../comparison/comparison.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutPath } from '../../text/table.ts';

const width = 120;

/** What an image is called; a saved report may call it what it likes. */
export function shownReference({ reference }: Pick<ComparedImage, 'reference'>): string {
  return cutPath(sanitize(reference), width);
}
