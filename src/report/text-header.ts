import { formatPlatform } from '../image/platform.ts';
import { formatBytes, formatShare } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { sanitize } from '../text/sanitize.ts';
import type { Paint } from './paint.ts';
import type { Report, ReportIdentity } from './report.ts';
import type { TextStyle } from './text-style.ts';

/** Which image it is, on a line. */
export function identity(image: ReportIdentity, paint: Paint): string {
  const facts = [
    image.source,
    formatPlatform(image.platform),
    ...(image.platforms.length > 1 ? [`of ${plural(image.platforms.length, 'platform')}`] : []),
    ...(image.created === null ? [] : [image.created.slice(0, 10)]),
  ];
  const [first] = image.names;
  const name = first === undefined || first === image.reference ? '' : `  ${sanitize(first)}`;
  return `${paint.strong(sanitize(image.reference))}${name}  ${paint.faint(facts.map(sanitize).join(' · '))}`;
}

/** Which image it is, and how large. */
export function headerSection({ image, waste }: Report, { paint }: TextStyle): string[] {
  const compressed = image.compressedBytes === null ? '' : ` (${formatBytes(image.compressedBytes)} compressed)`;
  const wasted =
    waste.bytes === 0
      ? paint.good('no waste')
      : paint.bad(`${formatBytes(waste.bytes)} wasted (${formatShare(waste.percent / 100)})`);
  return [
    identity(image, paint),
    `${paint.strong(formatBytes(image.sizeBytes))}${compressed} in ${plural(image.layerCount, 'layer')}, ${plural(image.fileCount, 'file')} · ${wasted}`,
  ];
}
