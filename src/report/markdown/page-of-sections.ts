import { withoutCommands } from '../text-style.ts';
import { type MarkdownSection, sectionText } from './section.ts';

/**
 * GitHub takes 65,536 characters in a comment. Bytes are at least as many, and whoever posts the page may want to add a line.
 */
const mostBytes = 65_000;

/** For the sentence that says what was left out. */
const reservedBytes = 500;

/**
 * Sections as a page, with a blank line between them, that a pull request can have: where it would be longer, rows are left
 * out, of the last section first, and a sentence says of what. Keep what matters most to the front.
 */
export function pageOfSections(sections: readonly MarkdownSection[]): string {
  const whole = joined(sections.map((section) => sectionText(section)));
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const texts: string[] = sections.map((section) => sectionText(section));
  const left: string[] = [];
  for (let at = sections.length - 1; at >= 0; at--) {
    const section = sections[at];
    const over = Buffer.byteLength(joined(texts)) - (mostBytes - reservedBytes);
    if (section === undefined || over <= 0) break;
    if (section.rowsAre === null) continue;
    const shown = rowsWithout(section.rows, over);
    texts[at] = sectionText(section, shown);
    left.unshift(`${section.rows.length - shown} ${section.rowsAre}`);
  }
  return joined([...texts, `_Left out, for a comment takes no more: ${left.join(', ')}._`]);
}

/** How many rows to keep so that as many bytes are gone, or none. */
function rowsWithout(rows: readonly string[], bytes: number): number {
  let gone = 0;
  let kept = rows.length;
  // What tells how many are left out may be new.
  while (kept > 0 && gone < bytes + 40) {
    kept--;
    gone += Buffer.byteLength(rows[kept] ?? '') + 1;
  }
  return kept;
}

function joined(texts: readonly string[]): string {
  return withoutCommands(`${texts.filter((text) => text !== '').join('\n\n')}\n`);
}
