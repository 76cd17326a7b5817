import type { Sharing } from '../../comparison/sharing.ts';
import { formatBytes } from '../../text/bytes.ts';
import { shownReference } from '../diff/shown-reference.ts';
import { code, escapeText, markdownTable } from '../markdown-text.ts';
import { sharingInWords } from './sharing-words.ts';

const listed = 20;
const longestStep = 120;

/** `layerscope diff` of several images as GitHub-flavoured markdown. */
export function sharingMarkdown(sharing: Sharing): string {
  const images = sharing.images.map((image, at) => [
    String(at + 1),
    formatBytes(image.sizeBytes),
    formatBytes(image.uniqueBytes),
    formatBytes(image.sharedBytes),
    code(shownReference(image)),
  ]);
  const shared = sharing.layers.filter((layer) => layer.images.length > 1);
  const layers = shared
    .slice(0, listed)
    .map((layer) => [
      formatBytes(layer.sizeBytes),
      layer.images.map((at) => at + 1).join(' '),
      code(layer.step.slice(0, longestStep)),
    ]);
  const more = shared.length > listed ? `\n\nand ${shared.length - listed} more` : '';
  const sections = [
    `## ${escapeText(sharingInWords(sharing))}`,
    markdownTable(['', 'size', 'alone', 'shared', 'image'], images, [0, 1, 2, 3]),
    ...(layers.length === 0
      ? []
      : [`### Shared layers\n\n${markdownTable(['size', 'in', 'step'], layers, [0])}${more}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}
