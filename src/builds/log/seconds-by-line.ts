import type { Dockerfile } from '../../dockerfile/dockerfile.ts';
import type { BuildLog } from './build-log.ts';
import { matchSteps } from './match-steps.ts';

/**
 * How long the steps of a Dockerfile ran, by the first line of the instruction. Only what ran is in it: a step from the
 * cache tells nothing. Of several platforms or builds the longest counts, as that is what one waits for.
 */
export function secondsByLine(
  log: BuildLog,
  dockerfile: Dockerfile,
  buildArgs: ReadonlyMap<string, string>,
): ReadonlyMap<number, number> {
  const seconds = new Map<number, number>();
  for (const { logged, counted } of matchSteps(log, dockerfile, buildArgs)) {
    const line = counted.instruction.startLine;
    if (logged.seconds !== null) seconds.set(line, Math.max(seconds.get(line) ?? 0, logged.seconds));
  }
  return seconds;
}
