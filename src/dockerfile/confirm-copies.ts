import type { Pair } from './align.ts';
import type { Grade } from './compare.ts';
import type { Confidence } from './mapping.ts';

/** A pair with what it rests on. */
export interface GradedPair extends Pair {
  readonly grade: Grade;
}

export interface ConfirmedPair extends Pair {
  readonly confidence: Confidence;
}

interface Surroundings {
  /** The pairs are the whole of the own history and the whole chain, one to one. */
  readonly complete: boolean;
  /** Whether each instruction of the chain can make a layer. */
  readonly makesLayer: readonly boolean[];
}

/**
 * Says how sure each pair is. A hash in place of a COPY's sources fits any COPY to the same destination, in another
 * Dockerfile, too. So it counts only between neighbours that are sure, or where the whole Dockerfile fits and not only by
 * hashes to one destination.
 */
export function confirmPairs(pairs: readonly GradedPair[], { complete, makesLayer }: Surroundings): ConfirmedPair[] {
  const strong = pairs.filter(({ grade }) => grade === 'exact' || grade === 'normalized').length;
  const hashes = pairs.filter(({ grade }) => grade === 'hash').length;
  const whole = complete && (strong > 0 || hashes > 1);
  const anchoredAbove = anchored(pairs, 1);
  const anchoredBelow = anchored(pairs.toReversed(), -1).toReversed();
  // Another Dockerfile may well share a line or two with this one.
  const layerMaking = makesLayer.filter((makes) => makes).length;
  const plausible = pairs.filter(({ instruction }) => makesLayer[instruction] === true).length * 2 >= layerMaking;
  return pairs.flatMap(({ step, instruction, grade }, at): ConfirmedPair[] => {
    const confidence = ((): Confidence | null => {
      switch (grade) {
        case 'exact':
        case 'normalized':
          return grade;
        case 'keyword':
          return complete ? 'positional' : null;
        case 'name':
          return complete || (plausible && (anchoredAbove[at] === true || anchoredBelow[at] === true))
            ? 'positional'
            : null;
        case 'hash': {
          const above = anchoredAbove[at] === true;
          const below = anchoredBelow[at] === true;
          if (whole || (plausible && above && below)) return 'normalized';
          return complete || (plausible && (above || below)) ? 'positional' : null;
        }
      }
    })();
    return confidence === null ? [] : [{ step, instruction, confidence }];
  });
}

/** Whether the pair right before, in both orders, is sure, or is a hash that is itself anchored so. */
function anchored(pairs: readonly GradedPair[], direction: 1 | -1): boolean[] {
  const result: boolean[] = [];
  for (const [at, pair] of pairs.entries()) {
    const previous = pairs[at - 1];
    const adjacent =
      previous !== undefined &&
      previous.step + direction === pair.step &&
      previous.instruction + direction === pair.instruction;
    const sure = previous?.grade === 'exact' || previous?.grade === 'normalized';
    result.push(adjacent && (sure || (previous.grade === 'hash' && result[at - 1] === true)));
  }
  return result;
}
