import { wasteBySteps } from '../analysis/waste-by-steps.ts';
import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Cell, cutPath, layTable } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { causeTexts } from './cause.ts';
import type { Report, ReportLayer } from './report.ts';
import { instruction } from './text-layers.ts';
import { type TextStyle, titled } from './text-style.ts';

const listed = 10;
const advised = 3;

/** The largest wasted files, and what to do about all of them. */
export function wasteSection({ waste, layers }: Report, style: TextStyle): string[] {
  const { width, paint } = style;
  if (waste.files.length === 0) return [];
  const rows = waste.files
    .slice(0, listed)
    .map((file): Cell[] => [
      { text: formatBytes(file.bytes), paint: paint.bad },
      { text: causeTexts[file.cause].name },
      { text: file.copies.map(({ layer }) => layer).join(', ') },
      { text: String(file.wastedByLayer) },
      { text: cutPath(sanitize(file.path), Math.max(20, width - 48)) },
    ]);
  const columns = [
    { title: 'wasted', align: 'right' },
    { title: 'because', align: 'left' },
    { title: 'layer', align: 'left' },
    { title: 'wasted by', align: 'left' },
    { title: 'file', align: 'left' },
  ] as const;
  const more = waste.files.length - rows.length;
  return [
    paint.strong('Largest wasted files'),
    ...titled(layTable(columns, rows, width), paint),
    ...(more > 0 ? [paint.faint(`and ${plural(more, 'file')} more: --json lists them all`)] : []),
    '',
    paint.strong('What to do'),
    ...adviceLines(waste, layers, style),
  ];
}

/** By cause, most bytes first: what happened, what to do, and the steps that did it. */
function adviceLines(waste: Report['waste'], layers: readonly ReportLayer[], { width, paint }: TextStyle): string[] {
  const steps = wasteBySteps(waste.files);
  const causes = keysOf(causeTexts)
    .filter((cause) => waste.byCause[cause] > 0)
    .sort((a, b) => waste.byCause[b] - waste.byCause[a]);
  return causes.flatMap((cause) => {
    const { verb, advice } = causeTexts[cause];
    const [first = '', ...rest] = wrap(`${formatBytes(waste.byCause[cause])} ${verb}. ${advice}`, width - 2);
    const pairs = steps.filter((step) => step.cause === cause).slice(0, advised);
    const rows = pairs.flatMap((step): Cell[][] => [
      [
        { text: `  ${formatBytes(step.bytes)}`, paint: paint.bad },
        { text: plural(step.files, 'file') },
        { text: `layer ${step.layer}`, paint: paint.faint },
        { text: instruction(layers[step.layer]) },
      ],
      ...(step.layer === step.wastedByLayer
        ? []
        : [
            [
              { text: '' },
              { text: '' },
              { text: `layer ${step.wastedByLayer}`, paint: paint.faint },
              { text: instruction(layers[step.wastedByLayer]) },
            ],
          ]),
    ]);
    return [first, ...rest, ...layTable(adviceColumns, rows, width)];
  });
}

const adviceColumns = [
  { title: '', align: 'right' },
  { title: '', align: 'left' },
  { title: '', align: 'left' },
  { title: '', align: 'left' },
] as const;

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[];
}
