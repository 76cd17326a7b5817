import type { KeyedStep } from '../../cache/keyed-step.ts';

/** The steps that come after one, by index: those below it in its stage, and in stages that start from that one. */
export function laterSteps(steps: readonly KeyedStep[], at: number): readonly number[] {
  const from = steps[at];
  if (from === undefined) return [];
  const stages = new Set([from.stage.index]);
  const later: number[] = [];
  for (let next = at + 1; next < steps.length; next++) {
    const step = steps[next];
    if (step === undefined) continue;

    const startsFrom = step.parents.some((parent) => stages.has(steps[parent]?.stage.index ?? -1));
    if (step.command.keyword === 'FROM' && startsFrom) stages.add(step.stage.index);
    if (stages.has(step.stage.index)) later.push(next);
  }
  return later;
}
