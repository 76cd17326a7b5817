import { entrySummary } from '../dockerfile/rebuild.ts';
import { formatPlatform } from '../image/platform.ts';
import { formatBytes } from '../text/bytes.ts';
import { code, escapeText, markdownTable } from './markdown-text.ts';
import { type Outline, storedBytes } from './outline.ts';

/** The outline as GitHub-flavoured markdown. */
export function outlineMarkdown({ image, layers }: Outline): string {
  const size = image.compressedBytes === null ? '' : `**${formatBytes(image.compressedBytes)}** compressed in `;
  const rows = layers.map((layer) => {
    const bytes = storedBytes(layer);
    const line = layer.instruction === null ? '' : String(layer.instruction.startLine);
    return [String(layer.index), bytes === null ? '' : formatBytes(bytes), line, code(entrySummary(layer.history))];
  });
  return [
    `## ${escapeText(image.names[0] ?? image.reference)}`,
    `${size}${image.layerCount} layers · ${formatPlatform(image.platform)}`,
    `${markdownTable(['layer', 'stored', 'line', 'step'], rows, [0, 1, 2])}\n`,
  ].join('\n\n');
}
