import type { WasteCause } from '../analysis/waste.ts';
import { type StepWaste, wasteBySteps } from '../analysis/waste-by-steps.ts';
import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { type Cell, layTable } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { causeTexts } from './cause.ts';
import type { Paint } from './paint.ts';
import type { Report, ReportLayer } from './report.ts';
import { instruction } from './text-layers.ts';
import type { TextStyle } from './text-style.ts';

const advised = 3;

/** By cause, most bytes first: what happened, what to do, and the steps that did it. */
export function adviceSection({ waste, layers, findings }: Report, { width, paint }: TextStyle): string[] {
  const steps = wasteBySteps(waste.files);
  const told = toldByFindings(findings);
  const causes = keysOf(causeTexts)
    .filter((cause) => waste.byCause[cause] > 0 && !told.has(cause))
    .sort((a, b) => waste.byCause[b] - waste.byCause[a]);
  if (causes.length === 0) return [];
  const advice = causes.flatMap((cause) => adviceOn(cause, waste, steps, layers, width, paint));
  return [paint.strong('What to do'), ...advice];
}

function adviceOn(
  cause: WasteCause,
  waste: Report['waste'],
  steps: readonly StepWaste[],
  layers: readonly ReportLayer[],
  width: number,
  paint: Paint,
): string[] {
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

/** Causes that a finding has told of already, with the lines. */
function toldByFindings(findings: Report['findings']): ReadonlySet<WasteCause> {
  const rules = new Set(findings.map(({ rule }) => rule));
  return new Set<WasteCause>([
    ...(rules.has('deleted-later') || rules.has('package-cache') ? (['deleted'] as const) : []),
    ...(rules.has('recursive-metadata') ? (['metadataOnly'] as const) : []),
  ]);
}
