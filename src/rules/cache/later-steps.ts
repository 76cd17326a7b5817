import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { KeyedBuild } from './cache-rule.ts';
import { parentStage } from './parent-stage.ts';

/** A step with its place among all of them. */
export interface PlacedStep {
  readonly step: KeyedStep;
  readonly at: number;
}

/** The steps that come after one: those below it in its stage, and in stages that start from that one. */
export function laterSteps({ steps, inputs }: KeyedBuild, at: number): readonly PlacedStep[] {
  const from = steps[at];
  if (from === undefined) return [];
  const stages = new Set([from.stage.index]);
  const later: PlacedStep[] = [];
  for (let next = at + 1; next < steps.length; next++) {
    const step = steps[next];
    if (step === undefined) continue;
    const { stage } = step;
    const parent = step.command.keyword === 'FROM' ? parentStage(inputs, stage) : null;
    if (parent !== null && stages.has(parent)) stages.add(stage.index);
    if (stages.has(stage.index)) later.push({ step, at: next });
  }
  return later;
}
