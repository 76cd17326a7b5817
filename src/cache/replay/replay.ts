import type { KeyedStep } from '../keyed-step.ts';
import type { StepCost } from '../step-costs.ts';

/** What a step cost over a history. `depends` counts as re-run: what another stage yields is not known without building. */
export interface ReplayedLine {
  /** The step, as the present Dockerfile has it. */
  readonly step: KeyedStep;
  readonly reruns: number;
  /** Of `reruns`, those that an upstream stage with the same output would have spared. */
  readonly depends: number;
  /** Re-runs per commit, 0 to 1. */
  readonly rate: number;
  /** How often this line was where the chain broke. */
  readonly firstMisses: number;
  /** Over the whole history: re-runs times what one costs. */
  readonly cost: StepCost;
}

export interface ReplayedCommit {
  readonly id: string;
  readonly date: string;
  readonly subject: string;
  /** The first step that missed, and how many did; null where all was cached. */
  readonly firstMiss: KeyedStep | null;
  readonly rerun: number;
  readonly cost: StepCost;
}

/** What the commits of a history would have re-run of one Dockerfile. */
export interface Replay {
  readonly from: string;
  readonly to: string;
  /** Means per commit. */
  readonly perCommit: { readonly steps: number } & StepCost;
  /** In the order of the file; steps without a key are left out. */
  readonly lines: readonly ReplayedLine[];
  /** Oldest first. */
  readonly commits: readonly ReplayedCommit[];
  /** In how many commits a path of the context changed, ignored ones included. */
  readonly churn: ReadonlyMap<string, number>;
}
