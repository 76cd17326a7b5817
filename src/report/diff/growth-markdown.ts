import type { LineGrowth } from '../../comparison/comparison.ts';
import { formatBytes, formatChange } from '../../text/bytes.ts';
import { code, escapeText, markdownTable } from '../markdown-text.ts';
import { changedLines, fileOfLines, kindWords, mostChanged, placeOfLine, shownFile } from './changed-lines.ts';

/** Beyond it a step is told by its start: a page has a limit. */
const longestStep = 120;

/** Where the growth comes from, by line, as a table; empty where nothing changed. @param count of rows at most */
export function growthMarkdown(lines: readonly LineGrowth[], count: number): string {
  const changed = changedLines(lines);
  if (changed.length === 0) return '';
  const shown = mostChanged(changed, count);
  const file = fileOfLines(shown);
  const rows = shown.map((line) => [
    formatChange(line.change),
    line.oldLayers.length === 0 ? '' : formatBytes(line.oldBytes),
    line.newLayers.length === 0 ? '' : formatBytes(line.newBytes),
    escapeText(placeOfLine(line, file)),
    escapeText(kindWords[line.kind]),
    code(line.text.length > longestStep ? `${line.text.slice(0, longestStep)}…` : line.text),
  ]);
  const more = changed.length - rows.length;
  const table = markdownTable(['change', 'before', 'now', lineTitle(file), '', 'step'], rows, [0, 1, 2]);
  return more > 0 ? `${table}\n\nand ${more} more with a smaller change` : table;
}

function lineTitle(file: string | null): string {
  return file === null ? 'line' : `line of ${escapeText(shownFile(file))}`;
}
