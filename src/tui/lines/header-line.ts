import { formatPlatform } from '../../image/platform.ts';
import { formatPace } from '../../pace.ts';
import { bar } from '../../text/bar.ts';
import { formatBytes, formatShare } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutToWidth } from '../../text/table.ts';
import { textWidth } from '../../text/width.ts';
import { type Line, type Span, span } from '../line.ts';
import type { Model } from '../model/model.ts';
import { left } from './cell.ts';

const barWidth = 20;

/** Columns of our own name, the size and what is wasted. */
const leastFigures = 58;

/** The first row: which image, and its figures or how far it is read. */
export function headerLine({ reference, image, report, progress }: Model, width: number): Line {
  // The figures are worth more than the start of a path, whose end names the image.
  const room = Math.max(16, width - leastFigures);
  const name = [span(' layerscope ', 'strong'), span(nameWithin(sanitize(image?.reference ?? reference), room))];
  if (progress !== null) {
    const { what, done, total, pace = null } = progress;
    const speed = pace === null ? '' : `  ${formatPace(pace)}`;
    const share = total === null || total === 0 ? null : done / total;
    return [
      ...name,
      span('  '),
      ...(share === null ? [] : [left(bar(share, barWidth), barWidth, 'bar'), span(` ${formatShare(share)} `)]),
      span(` ${sanitize(what)}${done === 0 ? '' : `  ${formatBytes(done)}`}${speed}`, 'faint'),
    ];
  }
  if (report === null || image === null) return name;
  const { sizeBytes, layerCount, fileCount } = report.image;
  const { bytes, percent } = report.waste;
  const wasted = `${formatBytes(bytes)} wasted (${formatShare(percent / 100)})`;
  return joined(width, [
    name,
    [span(`  ${formatBytes(sizeBytes)}`, 'strong'), span(` in ${plural(layerCount, 'layer')}`)],
    [bytes === 0 ? span('  nothing wasted', 'added') : span(`  ${wasted}`, 'waste')],
    [span(`  ${plural(fileCount, 'file')}`)],
    [span(`  ${formatPlatform(image.config.platform)}`, 'faint')],
  ]);
}

/** A path, or as much of its last part as there is room for. */
function nameWithin(name: string, width: number): string {
  if (textWidth(name) <= width) return name;
  return cutToWidth(name.slice(name.lastIndexOf('/') + 1), width);
}

/** As many parts, from the first, as fit as a whole. */
function joined(width: number, parts: readonly Line[]): Line {
  const line: Span[] = [];
  let used = 0;
  for (const part of parts) {
    used += part.reduce((sum, { text }) => sum + textWidth(text), 0);
    if (used > width && line.length > 0) break;
    line.push(...part);
  }
  return line;
}
