import type { MatchedStep } from './match-steps.ts';

/**
 * How long the steps of a Dockerfile ran, by the first line of the instruction. Only what ran is in it: a step from the
 * cache tells nothing. Of several platforms or builds the longest counts, as that is what one waits for.
 */
export function secondsByLine(steps: readonly MatchedStep[]): ReadonlyMap<number, number> {
  const seconds = new Map<number, number>();
  for (const { logged, counted } of steps) {
    const line = counted.instruction.startLine;
    if (logged.seconds !== null) seconds.set(line, Math.max(seconds.get(line) ?? 0, logged.seconds));
  }
  return seconds;
}
