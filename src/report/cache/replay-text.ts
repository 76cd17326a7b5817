import type { ReplayedLine } from '../../cache/replay/replay.ts';
import { dearestCommits, worstLine } from '../../cache/replay/worst-line.ts';
import type { StepCost } from '../../cache/step-costs.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Cell, type Column, layTable } from '../../text/table.ts';
import { shownText } from '../../dockerfile/shown-text.ts';
import { sectionsToPage, type TextStyle, titled } from '../text-style.ts';
import { bytesText, costTexts, secondsText } from './cost-text.ts';
import type { ReplayedBuild } from './replayed-build.ts';

const listedCommits = 5;

/** `cache replay` for people: the line that hurts most, then every line, then the commits that cost the most. */
export function replayText(build: ReplayedBuild, style: TextStyle): string {
  const { paint } = style;
  const { replay } = build;
  const range = `${replay.from.slice(0, 12)}..${replay.to.slice(0, 12)}`;
  const about = `as ${build.builder} builds it · ${plural(replay.commits.length, 'commit')}, ${range}`;
  return sectionsToPage([
    [`${paint.strong(sanitize(build.dockerfile))}  ${paint.faint(about)}`],
    verdict(build, style),
    lines(build, style),
    commits(build, style),
    build.warnings.map(({ message }) => sanitize(message)),
  ]);
}

function verdict({ dockerfile, replay }: ReplayedBuild, { paint }: TextStyle): string[] {
  const total = replay.commits.length;
  if (total === 0) return ['There is no commit to replay: the history ends where it would start.'];
  const worst = worstLine(replay);
  if (worst === null) return ['No commit re-runs anything.'];
  const { line, steps, cost } = worst;
  const { instruction } = line.step;
  const place = `${sanitize(dockerfile)}:${instruction.startLine}`;
  const { firstMisses } = line;
  const each = costTexts({
    steps: steps / firstMisses,
    bytes: cost.bytes === null ? null : cost.bytes / firstMisses,
    seconds: cost.seconds === null ? null : cost.seconds / firstMisses,
  });
  return [
    `${paint.bad(place)} hurts most: ${paint.strong(shownText(instruction))}`,
    `The cache breaks there in ${firstMisses} of ${plural(total, 'commit')}, and ${each.join(', ')} re-run each time.`,
    `Over all, a commit re-runs ${costTexts(replay.perCommit).join(', ')} on average.`,
  ];
}

function lines({ replay }: ReplayedBuild, { width, paint }: TextStyle): string[] {
  const total = replay.commits.length;
  if (total === 0) return [];
  const priced = pricedColumns(
    replay.lines.map(({ cost }) => cost),
    ' a commit',
  );
  const rows = replay.lines.map((line): Cell[] => {
    const { step, reruns, rate, firstMisses } = line;
    const set = reruns === 0 ? { paint: paint.faint } : {};
    return [
      { text: String(step.instruction.startLine), paint: paint.faint },
      { text: String(reruns), ...set },
      { text: `${Math.round(rate * 100)} %`, ...set },
      { text: firstMisses === 0 ? '' : String(firstMisses), paint: paint.bad },
      ...priced.cells(perCommit(line, total)),
      { text: shownText(step.instruction), ...set },
    ];
  });
  const columns: Column[] = [
    { title: 'line', align: 'right' },
    { title: 're-runs', align: 'right' },
    { title: 'rate', align: 'right' },
    { title: 'breaks', align: 'right' },
    ...priced.columns,
    { title: '', align: 'left' },
  ];
  const depends = replay.lines.reduce((sum, line) => sum + line.depends, 0);
  const maybe = `Of these, ${plural(depends, 're-run')} would not be needed where an earlier stage yields the same as before.`;
  return [...titled(layTable(columns, rows, width), paint), ...(depends === 0 ? [] : [paint.faint(maybe)])];
}

function perCommit({ cost }: ReplayedLine, total: number): StepCost {
  const { bytes, seconds } = cost;
  return { bytes: bytes === null ? null : bytes / total, seconds: seconds === null ? null : seconds / total };
}

function commits({ replay }: ReplayedBuild, { width, paint }: TextStyle): string[] {
  const dearest = dearestCommits(replay, listedCommits);
  if (dearest.length === 0) return [];
  const priced = pricedColumns(
    dearest.map(({ cost }) => cost),
    '',
  );
  const rows = dearest.map(({ id, date, subject, firstMiss, rerun, cost }): Cell[] => [
    { text: id.slice(0, 12), paint: paint.faint },
    { text: date.slice(0, 10) },
    { text: String(rerun) },
    { text: firstMiss === null ? '' : String(firstMiss.instruction.startLine) },
    ...priced.cells(cost),
    { text: sanitize(subject) },
  ]);
  const columns: Column[] = [
    { title: 'commit', align: 'left' },
    { title: 'date', align: 'left' },
    { title: 'steps', align: 'right' },
    { title: 'from line', align: 'right' },
    ...priced.columns,
    { title: '', align: 'left' },
  ];
  return [paint.strong('Commits that re-run the most'), ...titled(layTable(columns, rows, width), paint)];
}

interface PricedColumns {
  readonly columns: readonly Column[];
  readonly cells: (cost: StepCost) => readonly Cell[];
}

/** Columns for bytes and seconds, each only where anything is known of it. */
function pricedColumns(costs: readonly StepCost[], unit: string): PricedColumns {
  const shown = [
    { title: `bytes${unit}`, text: bytesText, known: costs.some(({ bytes }) => bytes !== null) },
    { title: `time${unit}`, text: secondsText, known: costs.some(({ seconds }) => seconds !== null) },
  ].filter(({ known }) => known);
  return {
    columns: shown.map(({ title }) => ({ title, align: 'right' })),
    cells: (cost) => shown.map(({ text }) => ({ text: text(cost) })),
  };
}
