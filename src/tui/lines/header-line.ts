import { formatPlatform } from '../../image/platform.ts';
import { bar } from '../../text/bar.ts';
import { formatBytes, formatShare } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Line, span } from '../line.ts';
import type { Model } from '../model/model.ts';
import { left } from './cell.ts';

const barWidth = 20;

/** The first row: which image, and its figures or how far it is read. */
export function headerLine({ reference, image, report, progress }: Model): Line {
  const name = [span(' layerscope ', 'strong'), span(sanitize(image?.reference ?? reference), 'plain')];
  if (progress !== null) {
    const { what, done, total } = progress;
    const share = total === null || total === 0 ? null : done / total;
    return [
      ...name,
      span('  '),
      ...(share === null ? [] : [left(bar(share, barWidth), barWidth, 'bar'), span(` ${formatShare(share)} `)]),
      span(` ${sanitize(what)}${done === 0 ? '' : `  ${formatBytes(done)}`}`, 'faint'),
    ];
  }
  if (report === null || image === null) return name;
  const { sizeBytes, layerCount, fileCount } = report.image;
  const { bytes, percent } = report.waste;
  return [
    ...name,
    span(`  ${formatBytes(sizeBytes)}`, 'strong'),
    span(` in ${plural(layerCount, 'layer')}, ${plural(fileCount, 'file')}  `),
    bytes === 0 ? span('nothing wasted', 'added') : span(`${formatBytes(bytes)} wasted (${formatShare(percent / 100)})`, 'waste'),
    span(`  ${formatPlatform(image.config.platform)}`, 'faint'),
  ];
}
