import { wasteBySteps } from '../analysis/waste-by-steps.ts';
import { instructionSummary } from '../dockerfile/rebuild.ts';
import { parseHistoryStep } from '../dockerfile/history-step.ts';
import { formatPlatform } from '../image/platform.ts';
import { bar } from '../text/bar.ts';
import { formatBytes, formatShare } from '../text/bytes.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Cell, cutPath, cutToWidth, layTable } from '../text/table.ts';
import { causeAdvice, causeName } from './cause.ts';
import type { Report, ReportLayer } from './report.ts';
import type { Paint } from './paint.ts';

/** How a text report is to look. */
export interface TextStyle {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

const barWidth = 10;
const listed = 10;
const advised = 5;

/** The report as a page for people. Ends with a newline; everything from the image is sanitised. */
export function textReport(report: Report, style: TextStyle): string {
  const sections = [
    header(report, style),
    layerTable(report, style),
    wasteSection(report, style),
    duplicateSection(report, style),
    warningSection(report, style),
    footer(report, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function header({ image, waste }: Report, { paint }: TextStyle): string[] {
  const facts = [
    image.source,
    formatPlatform(image.platform),
    ...(image.created === null ? [] : [image.created.slice(0, 10)]),
  ];
  const name = image.names[0] === undefined ? '' : `  ${sanitize(image.names[0])}`;
  const compressed = image.compressedBytes === null ? '' : ` (${formatBytes(image.compressedBytes)} compressed)`;
  const wasted =
    waste.bytes === 0
      ? paint.good('no waste')
      : paint.bad(`${formatBytes(waste.bytes)} wasted (${formatShare(waste.percent / 100)})`);
  return [
    `${paint.strong(sanitize(image.reference))}${name}  ${paint.faint(facts.map(sanitize).join(' · '))}`,
    `${paint.strong(formatBytes(image.sizeBytes))}${compressed} in ${plural(image.layerCount, 'layer')}, ${plural(image.fileCount, 'file')} · ${wasted}`,
  ];
}

function layerTable({ layers, image }: Report, { width, paint }: TextStyle): string[] {
  const rows = layers.map((layer): Cell[] => [
    { text: String(layer.index), paint: paint.faint },
    { text: formatBytes(layer.sizeBytes) },
    { text: bar(layer.sizeBytes / Math.max(1, image.sizeBytes), barWidth).padEnd(barWidth), paint: paint.bar },
    count('+', layer.added.files, paint.good),
    count('~', layer.modified.files + layer.metadataOnly.files + layer.identical.files, paint.changed),
    count('-', layer.removed.files, paint.bad),
    layer.wastedBytes === 0 ? { text: '' } : { text: formatBytes(layer.wastedBytes), paint: paint.bad },
    { text: instruction(layer) },
  ]);
  const titles = ['#', 'size', '', 'added', 'changed', 'removed', 'wasted', 'instruction'] as const;
  const columns = titles.map(
    (title) => ({ title, align: title === '' || title === 'instruction' ? 'left' : 'right' }) as const,
  );
  return titled(layTable(columns, rows, width), paint);
}

function count(sign: string, files: number, paint: (text: string) => string): Cell {
  return files === 0 ? { text: '' } : { text: `${sign}${files}`, paint };
}

/** The step of a layer, or what is known instead. */
function instruction(layer: ReportLayer | undefined): string {
  if (layer === undefined || layer.history === null) return '(no history)';
  const summary = instructionSummary(parseHistoryStep({ ...layer.history, emptyLayer: false }));
  return summary === '' ? sanitize(layer.history.comment) || '(no history)' : summary;
}

function wasteSection({ waste, layers }: Report, style: TextStyle): string[] {
  const { width, paint } = style;
  if (waste.files.length === 0) return [];
  const causes = (['deleted', 'overwritten', 'metadataOnly', 'identical'] as const)
    .filter((cause) => waste.byCause[cause] > 0)
    .map((cause) => `${formatBytes(waste.byCause[cause])} ${causeName(cause)}`);
  const rows = waste.files
    .slice(0, listed)
    .map((file): Cell[] => [
      { text: formatBytes(file.bytes), paint: paint.bad },
      { text: causeName(file.cause) },
      { text: file.copies.map(({ layer }) => layer).join(', ') },
      { text: String(file.wastedByLayer) },
      { text: cutPath(sanitize(file.path), Math.max(20, width - 48)) },
    ]);
  const columns = [
    { title: 'wasted', align: 'right' },
    { title: 'because', align: 'left' },
    { title: 'in layer', align: 'left' },
    { title: 'by layer', align: 'left' },
    { title: 'file', align: 'left' },
  ] as const;
  const more = waste.files.length - rows.length;
  return [
    `${paint.strong('Waste')}  ${causes.join(' · ')}`,
    ...titled(layTable(columns, rows, width), paint),
    ...(more > 0 ? [paint.faint(`and ${plural(more, 'file')} more: --json lists them all`)] : []),
    '',
    ...advice(waste.files, layers, style),
  ];
}

function advice(
  files: Report['waste']['files'],
  layers: readonly ReportLayer[],
  { width, paint }: TextStyle,
): string[] {
  const steps = wasteBySteps(files);
  const lines = steps.slice(0, advised).flatMap((step) => {
    const held = cutToWidth(instruction(layers[step.layer]), width - 16);
    const wasted = cutToWidth(instruction(layers[step.wastedByLayer]), width - 16);
    return [
      `${paint.bad(formatBytes(step.bytes))} in ${plural(step.files, 'file')} ${causeName(step.cause)}: ${causeAdvice(step.cause)}`,
      `    layer ${String(step.layer).padEnd(3)} ${paint.faint(held)}`,
      ...(step.layer === step.wastedByLayer
        ? []
        : [`    layer ${String(step.wastedByLayer).padEnd(3)} ${paint.faint(wasted)}`]),
    ];
  });
  return [paint.strong('What to do'), ...lines];
}

function duplicateSection({ duplicates }: Report, { width, paint }: TextStyle): string[] {
  if (duplicates.groups.length === 0) return [];
  const rows = duplicates.groups.slice(0, listed).map((group): Cell[] => [
    { text: formatBytes(group.bytes) },
    { text: `${group.count} x ${formatBytes(group.fileBytes)}` },
    {
      text: group.paths
        .slice(0, 3)
        .map((path) => cutPath(sanitize(path), 60))
        .join('  '),
    },
  ]);
  const columns = [
    { title: '', align: 'right' },
    { title: '', align: 'right' },
    { title: '', align: 'left' },
  ] as const;
  const more = duplicates.groups.length - rows.length;
  return [
    `${paint.strong('Duplicates')}  ${formatBytes(duplicates.bytes)} in files that are the same at several paths`,
    ...layTable(columns, rows, width),
    ...(more > 0 ? [paint.faint(`and ${more} more`)] : []),
  ];
}

function warningSection({ warnings }: Report, { paint }: TextStyle): string[] {
  if (warnings.length === 0) return [];
  return [paint.strong('Warnings'), ...warnings.map(({ code, message }) => `  ${message} ${paint.faint(`[${code}]`)}`)];
}

function footer({ compat }: Report, { paint }: TextStyle): string[] {
  const { efficiencyScore, wastedBytes, userWastedPercent } = compat.dive;
  const efficiency = `${(efficiencyScore * 100).toFixed(2)} % efficiency`;
  return [
    paint.faint(
      `In dive's numbers: ${efficiency}, ${formatBytes(wastedBytes)} wasted, ${formatShare(userWastedPercent)} of user layers`,
    ),
  ];
}

function titled(lines: readonly string[], paint: Paint): string[] {
  return lines.map((line, at) => (at === 0 ? paint.faint(line) : line));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
