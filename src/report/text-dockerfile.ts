import { shownText } from '../dockerfile/shown-text.ts';
import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Cell, layTable } from '../text/table.ts';
import type { Paint } from './paint.ts';
import type { Report, ReportDockerfile, ReportLineCost } from './report.ts';
import { type TextStyle, titled } from './text-style.ts';

/** The Dockerfile with the bytes of each instruction in its margin; nothing where there is none. */
export function dockerfileSection({ dockerfile }: Report, { width, paint }: TextStyle): string[] {
  if (dockerfile === null) return [];
  const rows = dockerfile.instructions.map((line): Cell[] => [
    { text: String(line.startLine), paint: paint.faint },
    { text: line.layers.length === 0 ? '' : formatBytes(line.addedBytes) },
    line.wastedBytes === 0 ? { text: '' } : { text: formatBytes(line.wastedBytes), paint: paint.bad },
    line.wastesBytes === 0 ? { text: '' } : { text: formatBytes(line.wastesBytes), paint: paint.changed },
    { text: certainty(line), paint: paint.faint },
    { text: shownText(line), ...paintOf(line, paint) },
  ]);
  const columns = [
    { title: 'line', align: 'right' },
    { title: 'adds', align: 'right' },
    { title: 'of it wasted', align: 'right' },
    { title: 'makes waste', align: 'right' },
    { title: '', align: 'left' },
    { title: '', align: 'left' },
  ] as const;
  return [
    `${paint.strong(sanitize(dockerfile.file))}  ${paint.faint(fit(dockerfile))}`,
    ...titled(layTable(columns, rows, width), paint),
    ...legend(dockerfile).map(paint.faint),
  ];
}

/** How well the file and the image go together. */
export function fit({
  builder,
  baseLayers,
  unmatchedLayers,
  unmatchedInstructions,
}: Omit<ReportDockerfile, 'instructions'>): string {
  const parts = [
    `built by ${builder}`,
    baseLayers === null ? 'the end of the base image is unknown' : `${plural(baseLayers, 'layer')} of the base image`,
    ...(unmatchedLayers === 0 ? [] : [`${plural(unmatchedLayers, 'layer')} without a line`]),
    ...(unmatchedInstructions === 0 ? [] : [`${plural(unmatchedInstructions, 'instruction')} not in this image`]),
  ];
  return parts.join(' · ');
}

/** What the signs of doubt mean, if any is shown. */
function legend({ instructions }: ReportDockerfile): string[] {
  const signs = new Set(instructions.map(certainty));
  const meanings = [
    ...(signs.has('≈') ? ['≈ the same but for what the builder left out'] : []),
    ...(signs.has('?') ? ['? told by its place alone'] : []),
  ];
  return meanings.length === 0 ? [] : [meanings.join(' · ')];
}

/** Nothing for what is certain: only doubt has to be told. */
function certainty({ confidence }: ReportLineCost): string {
  if (confidence === 'normalized') return '≈';
  return confidence === 'positional' ? '?' : '';
}

function paintOf({ keyword, layers }: ReportLineCost, paint: Paint): Pick<Cell, 'paint'> {
  if (keyword === 'FROM') return { paint: paint.strong };
  return layers.length === 0 ? { paint: paint.faint } : {};
}
