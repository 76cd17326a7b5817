import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Replay } from '../../cache/replay/replay.ts';
import { type StepCost, type StepCosts, sumOfCosts, unknownCost } from '../../cache/step-costs.ts';

/**
 * What it costs per commit that some steps run with every commit, beyond what they cost anyway; null without a history,
 * for it is not known then what they cost anyway.
 */
export function costOfRunningAlways(
  steps: readonly KeyedStep[],
  { replay, costs }: { readonly replay: Replay | null; readonly costs: StepCosts },
): StepCost {
  if (replay === null) return unknownCost;
  return sumOfCosts(
    steps.map((step) => timesCost(costs.get(step.instruction.startLine) ?? unknownCost, 1 - rateOf(step, replay))),
  );
}

/** Re-runs per commit, 0 to 1. */
export function rateOf({ instruction }: KeyedStep, replay: Replay): number {
  return replay.lines.find(({ step }) => step.instruction.startLine === instruction.startLine)?.rate ?? 0;
}

/** A cost several times, or part of the times. */
export function timesCost({ bytes, seconds }: StepCost, times: number): StepCost {
  return { bytes: bytes === null ? null : bytes * times, seconds: seconds === null ? null : seconds * times };
}

/** Whether nothing can make it worse: each commit re-runs all of them anyway. */
export function isKnownToRunAlways(steps: readonly KeyedStep[], replay: Replay | null): boolean {
  return replay !== null && steps.every((step) => rateOf(step, replay) === 1);
}
