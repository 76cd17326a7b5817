import type { ExplainedStep, Explanation } from '../../cache/explain/explanation.ts';
import { type StepCost, type StepCosts, sumOfCosts, unknownCost } from '../../cache/step-costs.ts';
import type { StepStatus } from '../../cache/cache-records.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';

/** `cache explain`, as both its reports tell it. */
export interface ExplainedBuild {
  readonly builder: DockerfileBuilder;
  /** As the user calls it. */
  readonly dockerfile: string;
  readonly target: string | null;
  readonly explanation: Explanation;
  readonly costs: StepCosts;
  /** What to know about the answer; for people. */
  readonly notes: readonly string[];
}

/** What a step costs if it re-runs, or may; what is cached costs nothing here. */
export function costOf({ step }: ExplainedStep, costs: StepCosts): StepCost {
  return costs.get(step.instruction.startLine) ?? unknownCost;
}

export type StatusCounts = Readonly<Record<StepStatus, number>>;

export function countStatuses(explanation: Explanation): StatusCounts {
  const counts = { cached: 0, rerun: 0, depends: 0, noop: 0 };
  for (const { status } of explanation) counts[status]++;
  return counts;
}

/** What all that re-runs for certain costs. */
export function rerunCost(explanation: Explanation, costs: StepCosts): StepCost {
  return sumOfCosts(explanation.filter(({ status }) => status === 'rerun').map((each) => costOf(each, costs)));
}

/** Name or number. */
export function stageName({ step: { stage } }: Pick<ExplainedStep, 'step'>): string {
  return stage.name ?? String(stage.index);
}
