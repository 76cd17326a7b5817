import type { StepStatus } from '../cache-records.ts';
import type { KeyedStep } from '../keyed-step.ts';
import { type StepCost, type StepCosts, sumOfCosts, unknownCost } from '../step-costs.ts';
import type { Commit } from './commit-history.ts';
import type { Replay, ReplayedCommit } from './replay.ts';

interface Line {
  readonly step: KeyedStep;
  readonly cost: StepCost;
  reruns: number;
  depends: number;
  firstMisses: number;
}

/** Adds up what each commit re-runs, by line and by commit. */
export class ReplayTally {
  /** One for each step, the ones that are not counted included. */
  readonly #lines: readonly Line[];
  /** What it costs where nothing re-runs: nothing, if it is known what anything costs. */
  readonly #free: StepCost;
  readonly #commits: ReplayedCommit[] = [];
  readonly #churn = new Map<string, number>();

  constructor(steps: readonly KeyedStep[], costs: StepCosts) {
    this.#lines = steps.map((step) => {
      const cost = costs.get(step.instruction.startLine) ?? unknownCost;
      return { step, cost, reruns: 0, depends: 0, firstMisses: 0 };
    });
    this.#free = each(sumOfCosts(this.#lines.map(({ cost }) => cost)), () => 0);
  }

  /** @param statuses of the steps, in their order */
  count({ id, date, subject, changes }: Commit, statuses: readonly StepStatus[]): void {
    const missed: Line[] = [];
    for (const [at, line] of this.#lines.entries()) {
      const status = statuses[at];
      if (line.step.role !== 'step' || (status !== 'rerun' && status !== 'depends')) continue;
      missed.push(line);
      line.reruns++;
      if (status === 'depends') line.depends++;
    }
    const [first] = missed;
    if (first !== undefined) first.firstMisses++;
    const cost = first === undefined ? this.#free : sumOfCosts(missed.map((line) => line.cost));
    this.#commits.push({ id, date, subject, firstMiss: first?.step ?? null, rerun: missed.length, cost });
    for (const path of new Set(changes.map((change) => change.path)))
      this.#churn.set(path, (this.#churn.get(path) ?? 0) + 1);
  }

  /** @param from name of the commit that the cache was filled with */
  replay(from: string): Replay {
    const commits = this.#commits;
    const perCommit = (total: number): number => total / Math.max(1, commits.length);
    const counted = this.#lines.filter(({ step }) => step.role === 'step');
    return {
      from,
      to: commits.at(-1)?.id ?? from,
      perCommit: {
        steps: perCommit(commits.reduce((total, { rerun }) => total + rerun, 0)),
        ...each(sumOfCosts(commits.map(({ cost }) => cost)), perCommit),
      },
      lines: counted.map(({ step, cost, reruns, depends, firstMisses }) => ({
        step,
        reruns,
        depends,
        rate: perCommit(reruns),
        firstMisses,
        cost: each(cost, (once) => once * reruns),
      })),
      commits,
      churn: this.#churn,
    };
  }
}

function each({ bytes, seconds }: StepCost, make: (known: number) => number): StepCost {
  return { bytes: bytes === null ? null : make(bytes), seconds: seconds === null ? null : make(seconds) };
}
