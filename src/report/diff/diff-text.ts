import type { Comparison } from '../../comparison/comparison.ts';
import { sumOf } from '../../rules/group-by.ts';
import { formatBytes } from '../../text/bytes.ts';
import { type Cell, layTable } from '../../text/table.ts';
import type { Paint } from '../paint.ts';
import { sectionsToPage, type TextStyle, titled } from '../text-style.ts';
import { causeInWords, changeInWords } from './diff-verdict.ts';
import { figuresOf } from './figures.ts';
import { fileSection } from './files-text.ts';
import { growthSection } from './growth-text.ts';
import { paintOfChange } from './paint-of-change.ts';
import { pullSentence } from './pull-words.ts';
import { shownReference } from './shown-reference.ts';

/** `layerscope diff` of two images for people: the verdict first. Everything from an image is sanitised. */
export function diffText(comparison: Comparison, style: TextStyle): string {
  const { paint } = style;
  const cause = causeInWords(comparison);
  const change = paint.strong(paintOfChange(comparison.size.change, paint)(changeInWords(comparison)));
  return sectionsToPage([
    [
      `${change}${cause === '' ? '' : `: ${cause}`}`,
      paint.faint(`${shownReference(comparison.old)} -> ${shownReference(comparison.new)}`),
    ],
    figures(comparison, style),
    growthSection(comparison.lines, style),
    fileSection(comparison, style),
    [layerSentence(comparison, paint), `${paint.strong('Pull')}  ${pullSentence(comparison.pull)}`],
  ]);
}

function figures(comparison: Comparison, { width, paint }: TextStyle): string[] {
  const rows = figuresOf(comparison).map((figure): Cell[] => [
    { text: figure.name },
    { text: figure.old },
    { text: figure.new },
    { text: figure.difference, paint: paintOfChange(figure.change, paint) },
  ]);
  const columns = [
    { title: '', align: 'left' },
    { title: 'before', align: 'right' },
    { title: 'now', align: 'right' },
    { title: 'change', align: 'left' },
  ] as const;
  return titled(layTable(columns, rows, width), paint);
}

/** How many layers both have, and what the others weigh. */
function layerSentence({ layers: { shared, added, removed } }: Comparison, paint: Paint): string {
  const part = (layers: readonly { readonly sizeBytes: number }[], word: string): string[] =>
    layers.length === 0
      ? []
      : [`${layers.length} ${word} (${formatBytes(sumOf(layers, ({ sizeBytes }) => sizeBytes))})`];
  const parts = [...part(shared, 'shared'), ...part(added, 'new'), ...part(removed, 'gone')];
  return `${paint.strong('Layers')}  ${parts.length === 0 ? 'none' : parts.join(' · ')}`;
}
