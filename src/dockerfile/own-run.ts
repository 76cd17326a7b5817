import type { Pair } from './align.ts';
import type { HistoryStep } from './history-step.ts';

/** Steps more than lines between two pairs: an edit takes out a line or two, a base image has more. */
const widestGap = 2;

/**
 * Keeps the pairs at the end that can belong to one Dockerfile. Where nobody knows where the base image ends, a line may
 * be the same as one of the base's (`WORKDIR /app`); between that and the own steps lies the rest of the base, its CMD
 * most likely among it, for which this file has no lines.
 */
export function ownRun<P extends Pair>(pairs: readonly P[], steps: readonly HistoryStep[], instructions: number): P[] {
  let next: Pair = { step: steps.length, instruction: instructions };
  const kept: P[] = [];
  for (const pair of pairs.toReversed()) {
    const between = steps.slice(pair.step + 1, next.step);
    const lines = next.instruction - pair.instruction - 1;
    const endsBase =
      next.step < steps.length && between.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
    if (endsBase || between.length - lines > widestGap) break;
    kept.unshift(pair);
    next = pair;
  }
  return kept;
}
