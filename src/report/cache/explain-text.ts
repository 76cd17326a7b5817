import type { StepStatus } from '../../cache/cache-records.ts';
import type { ExplainedStep } from '../../cache/explain/explanation.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Cell, layTable } from '../../text/table.ts';
import { shownText } from '../../dockerfile/shown-text.ts';
import { sectionsToPage, type TextStyle } from '../text-style.ts';
import { countStatuses, type ExplainedBuild, rerunCost } from './explained-build.ts';

const words: Readonly<Record<StepStatus, string>> = {
  cached: 'cached',
  rerun: 're-runs',
  depends: 'depends',
  noop: '-',
};

/** `cache explain` for people: every step with its status, and below it why. */
export function explainText(build: ExplainedBuild, style: TextStyle): string {
  const { explanation, notes } = build;
  const { paint } = style;
  const head = `${paint.strong(sanitize(build.dockerfile))}  ${paint.faint(`as ${build.builder} builds it`)}`;
  const lines = layTable(
    [
      { title: 'line', align: 'right' },
      { title: 'status', align: 'left' },
      { title: '', align: 'left' },
    ],
    explanation.flatMap((each) => rows(each, style)),
    style.width,
  );
  return sectionsToPage([
    [head, ...lines.map((line, at) => (at === 0 ? paint.faint(line) : line))],
    [verdict(build)],
    notes.map(sanitize),
  ]);
}

function rows({ step, status, because }: ExplainedStep, { paint }: TextStyle): Cell[][] {
  const color = { cached: paint.good, rerun: paint.bad, depends: paint.changed, noop: paint.faint }[status];
  const { startLine } = step.instruction;
  const first: Cell[] = [
    { text: String(startLine), paint: paint.faint },
    { text: words[status], paint: color },
    { text: shownText(step.instruction), ...(status === 'noop' ? { paint: paint.faint } : {}) },
  ];
  const reasons = because.map(({ detail }): Cell[] => [
    { text: '' },
    { text: '' },
    { text: `  because ${sanitize(detail)}`, paint: paint.faint },
  ]);
  return [first, ...reasons];
}

function verdict({ explanation, costs }: ExplainedBuild): string {
  const { rerun, depends, cached } = countStatuses(explanation);
  const { bytes, seconds } = rerunCost(explanation, costs);
  if (rerun + depends === 0) return `All ${plural(cached, 'step')} are cached.`;
  const cost = [
    ...(bytes === null ? [] : [formatBytes(bytes)]),
    ...(seconds === null ? [] : [`${seconds.toFixed(1)} s`]),
  ];
  const priced = cost.length === 0 ? '' : ` (${cost.join(', ')})`;
  const maybe =
    depends === 0 ? '' : `, ${plural(depends, 'step')} only if what an earlier stage yields differs from before`;
  return `${plural(rerun, 'step')} ${rerun === 1 ? 're-runs' : 're-run'}${priced}${maybe}; ${plural(cached, 'step')} cached.`;
}
