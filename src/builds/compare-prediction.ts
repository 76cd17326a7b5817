import type { StepStatus } from '../cache/cache-records.ts';
import type { KeyedStep } from '../cache/keyed-step.ts';
import type { MatchedStep } from './log/match-steps.ts';

export interface PredictedStep {
  readonly step: Pick<KeyedStep, 'stage' | 'instruction' | 'command'>;
  readonly status: StepStatus;
}

/** A step that did not do what its key told, by its first line. */
export interface Surprise {
  readonly line: number;
  readonly keyword: string;
  readonly expected: 'cached' | 'rerun';
}

/**
 * Where a build went otherwise than its keys told. FROM is left out, as no log tells whether a base image was the same, and
 * so is what depends on the output of another stage, as both are right then. Of several platforms all have to be cached.
 */
export function comparePrediction(predicted: readonly PredictedStep[], matched: readonly MatchedStep[]): Surprise[] {
  return predicted.flatMap(({ step, status }): Surprise[] => {
    const logged = matched.filter(
      ({ counted }) =>
        counted.stage === step.stage && counted.instruction === step.instruction && counted.command === step.command,
    );
    if (logged.length === 0 || step.command.keyword === 'FROM') return [];
    const happened = logged.every(({ logged: { cached } }) => cached) ? 'cached' : 'rerun';
    if (status !== 'cached' && status !== 'rerun') return [];
    // A copy from the cache that is merged anew has run, as BuildKit's plain log has it.
    if (happened === 'rerun' && step.command.flags.some(({ name }) => name === 'link')) return [];
    return status === happened
      ? []
      : [{ line: step.instruction.startLine, keyword: step.command.keyword, expected: status }];
  });
}
