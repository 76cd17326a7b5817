import { entrySummary } from '../dockerfile/rebuild.ts';
import { formatPlatform } from '../image/platform.ts';
import { formatBytes } from '../text/bytes.ts';
import { pageOfSections } from './markdown/page-of-sections.ts';
import { tableSection, wholeSection } from './markdown/section.ts';
import { shortCode, shortText } from './markdown/short.ts';
import { type Outline, storedBytes } from './outline.ts';

const most = 500;

/** The outline as GitHub-flavoured markdown. */
export function outlineMarkdown({ image, layers }: Outline): string {
  const size = image.compressedBytes === null ? '' : `**${formatBytes(image.compressedBytes)}** compressed in `;
  const rows = layers.map((layer) => {
    const bytes = storedBytes(layer);
    const line = layer.instruction === null ? '' : String(layer.instruction.startLine);
    return [
      String(layer.index),
      bytes === null ? '' : formatBytes(bytes),
      line,
      shortCode(entrySummary(layer.history)),
    ];
  });
  return pageOfSections([
    wholeSection(`## ${shortText(image.names[0] ?? image.reference)}`),
    wholeSection(`${size}${image.layerCount} layers · ${shortText(formatPlatform(image.platform))}`),
    ...tableSection({ rowsAre: 'layers', header: ['layer', 'stored', 'line', 'step'], rows, right: [0, 1, 2], most }),
  ]);
}
