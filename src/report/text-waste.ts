import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Cell, cutPath, layTable } from '../text/table.ts';
import { causeTexts } from './cause.ts';
import type { Report } from './report.ts';
import { type TextStyle, titled } from './text-style.ts';

const listed = 10;

/** The largest wasted files, and the lines, or layers, that wrote and wasted them. */
export function wasteSection({ waste, dockerfile }: Report, { width, paint }: TextStyle): string[] {
  const { bytes, files } = waste.ignored;
  const copies = plural(files, 'dead copy', 'dead copies');
  const ignored = files === 0 ? [] : [paint.faint(`Ignored by the configuration: ${formatBytes(bytes)} in ${copies}`)];
  if (waste.files.length === 0) return ignored;
  const place = (line: number | null, layer: number): string =>
    dockerfile === null ? String(layer) : line === null ? `layer ${layer}` : String(line);
  const rows = waste.files
    .slice(0, listed)
    .map((file): Cell[] => [
      { text: formatBytes(file.bytes), paint: paint.bad },
      { text: causeTexts[file.cause].name },
      { text: file.copies.map(({ line, layer }) => place(line, layer)).join(', ') },
      { text: place(file.copies.at(-1)?.wastedByLine ?? null, file.wastedByLayer) },
      { text: cutPath(sanitize(file.path), Math.max(20, width - 48)) },
    ]);
  const columns = [
    { title: 'wasted', align: 'right' },
    { title: 'because', align: 'left' },
    { title: dockerfile === null ? 'layer' : 'line', align: 'left' },
    { title: 'wasted by', align: 'left' },
    { title: 'file', align: 'left' },
  ] as const;
  const more = waste.files.length - rows.length;
  return [
    paint.strong('Largest wasted files'),
    ...titled(layTable(columns, rows, width), paint),
    ...(more > 0 ? [paint.faint(`and ${plural(more, 'file')} more: --json lists them all`)] : []),
    ...ignored,
  ];
}
