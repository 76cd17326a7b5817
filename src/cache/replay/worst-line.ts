import { type StepCost, sumOfCosts } from '../step-costs.ts';
import type { Replay, ReplayedCommit, ReplayedLine } from './replay.ts';

/** A line at which the chain broke, with all that ran again because of it. */
export interface BreakingLine {
  readonly line: ReplayedLine;
  /** Over the whole history, of the commits that it broke. */
  readonly steps: number;
  readonly cost: StepCost;
}

/** The line whose breaks cost the most; null where nothing ran again. */
export function worstLine({ lines, commits }: Replay): BreakingLine | null {
  const breaking = lines
    .filter(({ firstMisses }) => firstMisses > 0)
    .map((line): BreakingLine => {
      const broken = commits.filter(({ firstMiss }) => firstMiss === line.step);
      const steps = broken.reduce((total, { rerun }) => total + rerun, 0);
      return { line, steps, cost: sumOfCosts(broken.map(({ cost }) => cost)) };
    });
  return breaking.toSorted((a, b) => compareCosts(b, a))[0] ?? null;
}

/** The commits that cost the most, those first; of two that cost the same, the later one. */
export function dearestCommits({ commits }: Replay, count: number): readonly ReplayedCommit[] {
  return commits
    .filter(({ rerun }) => rerun > 0)
    .toReversed()
    .toSorted((a, b) => compareCosts({ ...b, steps: b.rerun }, { ...a, steps: a.rerun }))
    .slice(0, count);
}

/** By time, which people wait for; by bytes where no time is known, and by steps where nothing is. */
function compareCosts(a: Compared, b: Compared): number {
  return (
    (a.cost.seconds ?? 0) - (b.cost.seconds ?? 0) || (a.cost.bytes ?? 0) - (b.cost.bytes ?? 0) || a.steps - b.steps
  );
}

interface Compared {
  readonly steps: number;
  readonly cost: StepCost;
}
