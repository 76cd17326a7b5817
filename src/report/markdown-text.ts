import { sanitize } from '../text/sanitize.ts';

/** @param right numbers of the columns that hold numbers */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string {
  const rule = header.map((_, at) => (right.includes(at) ? '---:' : '---'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text from an image is no markup: neither markdown's nor HTML's. */
export function escapeText(text: string): string {
  return sanitize(text).replaceAll(/[\\`*_{}[\]()#+!|<>&~@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A code span that nothing in the text can end; a bar would end the cell. */
export function code(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${sanitize(text).replaceAll('|', '\\|')} ${fence}`;
}
