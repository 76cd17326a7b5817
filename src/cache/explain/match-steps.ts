import { diffArrays } from 'diff';
import type { KeyedStep } from '../keyed-step.ts';

/**
 * For each step of the later build the step of the earlier one that it was: the same text first, then the same keyword
 * in the same place between those. Stages are matched by name, else by number.
 * @returns by index of the later step; null for a step that was not there
 */
export function matchSteps(before: readonly KeyedStep[], after: readonly KeyedStep[]): readonly (KeyedStep | null)[] {
  const earlier = byStage(before);
  const matches = new Map<KeyedStep, KeyedStep>();
  for (const [stage, steps] of byStage(after)) matchStage(earlier.get(stage) ?? [], steps, matches);
  return after.map((step) => matches.get(step) ?? null);
}

function byStage(steps: readonly KeyedStep[]): ReadonlyMap<string, readonly KeyedStep[]> {
  const stages = new Map<string, KeyedStep[]>();
  for (const step of steps) {
    const { name, index } = step.stage;
    const key = name?.toLowerCase() ?? String(index);
    const known = stages.get(key);
    if (known === undefined) stages.set(key, [step]);
    else known.push(step);
  }
  return stages;
}

function matchStage(
  before: readonly KeyedStep[],
  after: readonly KeyedStep[],
  matches: Map<KeyedStep, KeyedStep>,
): void {
  let removed: readonly KeyedStep[] = [];
  let atBefore = 0;
  let atAfter = 0;
  const comparator = (a: KeyedStep, b: KeyedStep): boolean => a.command.line.trim() === b.command.line.trim();
  for (const { added, removed: gone, count } of diffArrays([...before], [...after], { comparator })) {
    if (gone) {
      removed = before.slice(atBefore, (atBefore += count));
      continue;
    }
    const here = after.slice(atAfter, (atAfter += count));
    if (added) pairByKeyword(removed, here, matches);
    else for (const step of here) matches.set(step, before[atBefore++] ?? step);
    removed = [];
  }
}

/** Steps of two places that became each other: the same keywords in the same order. */
function pairByKeyword(
  before: readonly KeyedStep[],
  after: readonly KeyedStep[],
  matches: Map<KeyedStep, KeyedStep>,
): void {
  let from = 0;
  for (const step of after) {
    const found = before.findIndex(({ command }, at) => at >= from && command.keyword === step.command.keyword);
    const earlier = before[found];
    if (earlier === undefined) continue;
    matches.set(step, earlier);
    from = found + 1;
  }
}
