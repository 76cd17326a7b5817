import type { Comparison } from '../../comparison/comparison.ts';
import { formatChange } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutPath } from '../../text/table.ts';
import { code, escapeText, markdownTable } from '../markdown-text.ts';
import { causeInWords, changeInWords } from './diff-verdict.ts';
import { figuresOf } from './figures.ts';
import { changedPlaces } from './changed-places.ts';
import { fileCounts, placeCounts } from './file-counts.ts';
import { growthMarkdown } from './growth-markdown.ts';
import { pullSentence } from './pull-words.ts';
import { shownReference } from './shown-reference.ts';

const listedLines = 20;
const listedPlaces = 20;
const pathWidth = 120;

/** `layerscope diff` of two images as GitHub-flavoured markdown. */
export function diffMarkdown(comparison: Comparison): string {
  const cause = causeInWords(comparison);
  const { old, new: now, lines, pull } = comparison;
  const growth = growthMarkdown(lines, listedLines);
  const sections = [
    `## ${escapeText(changeInWords(comparison))}${cause === '' ? '' : `: ${escapeText(cause)}`}`,
    `${code(shownReference(old))} → ${code(shownReference(now))}`,
    figures(comparison),
    growth === '' ? '' : `### Growth by line\n\n${growth}`,
    files(comparison),
    `Pull: ${escapeText(pullSentence(pull))}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function figures(comparison: Comparison): string {
  const rows = figuresOf(comparison).map((figure) => [figure.name, figure.old, figure.new, figure.difference]);
  const { shared, added, removed } = comparison.layers;
  const counts = `${plural(shared.length, 'layer')} shared, ${added.length} new, ${removed.length} gone`;
  return `${markdownTable(['', 'before', 'now', 'change'], rows, [1, 2, 3])}\n\n${counts}`;
}

function files({ files: changes }: Comparison): string {
  const places = changes === null ? [] : changedPlaces(changes.entries);
  if (changes === null || places.length === 0) return '';
  const rows = places
    .slice(0, listedPlaces)
    .map((place) => [formatChange(place.change), placeCounts(place), code(cutPath(sanitize(place.path), pathWidth))]);
  const more = places.length - rows.length;
  const body = `${markdownTable(['change', '', 'where'], rows, [0])}${more > 0 ? `\n\nand ${more} more` : ''}`;
  return `<details><summary>Files: ${fileCounts(changes).join(' · ')}</summary>\n\n${body}\n\n</details>`;
}
