import type { ChainStep } from './chain.ts';
import { type Grade, grammarsOf } from './compare.ts';
import type { HistoryStep } from './history-step.ts';
import type { Pair } from './align.ts';

export type GradeOf = (step: number, instruction: number) => Grade | null;

/** The Dockerfile covers the end of a history, every step from `start` on. */
export interface Fit {
  readonly start: number;
  readonly pairs: readonly Pair[];
}

/**
 * Whether the whole chain covers the end of the history, step by step, but for what the builder does not record. This is
 * what an unchanged Dockerfile does, and it tells where the base image ends.
 */
export function fitEnd(steps: readonly HistoryStep[], chain: readonly ChainStep[], grade: GradeOf): Fit | null {
  const pairs: Pair[] = [];
  let step = steps.length - 1;
  for (let at = chain.length - 1; at >= 0; at--) {
    const own = steps[step];
    if (own !== undefined && grade(step, at) !== null) pairs.unshift({ step: step--, instruction: at });
    else if (!isOptional(own ?? steps[step + 1], chain[at])) return null;
  }
  return pairs.length === 0 ? null : { start: step + 1, pairs };
}

function isOptional(step: HistoryStep | undefined, instruction: ChainStep | undefined): boolean {
  if (step === undefined || instruction === undefined) return false;
  return grammarsOf(step).some((builder) => instruction.expected[builder].optional);
}
