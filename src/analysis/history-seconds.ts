import type { Instruction } from '../dockerfile/dockerfile.ts';
import type { Mapping } from '../dockerfile/mapping.ts';
import type { HistoryEntry } from '../image/config.ts';

/** Above it the cache is more likely to have had the step before than this one to have taken so long. In seconds. */
const longest = 3600;

/**
 * How long steps ran, by their lines, from the times in an image's history.
 *
 * BuildKit, the classic builder and buildah all note the time when a step is done, and a step from the cache keeps the time
 * of the build that made it. So a step took no longer than from when all below it was done; whether it took as long is
 * sure only where it began at once. That is so
 * - only of RUN: COPY and ADD are what a rebuild begins with, long after what is below them, and in BuildKit COPY --from
 *   waits for another stage;
 * - only of RUN without a mount from another stage or image, for the same reason;
 * - only where the step before it is of this Dockerfile, not of the base image;
 * - only where the time went on, which it does not in a build for SOURCE_DATE_EPOCH, where all have the same;
 * - and hardly where more than an hour lies between.
 *
 * What no history shows is a RUN that was the first to run anew, for its own text or an argument was changed, within that
 * hour: it seems to have taken from the build before until its end. Who needs to be sure brings the log.
 */
export function historySeconds(mapping: Mapping, history: readonly HistoryEntry[]): ReadonlyMap<number, number> {
  const commands = new Map<number, Instruction>();
  for (const { instructions } of mapping.dockerfile?.stages ?? [])
    for (const instruction of instructions) commands.set(instruction.startLine, instruction);
  const seconds = new Map<number, number>();
  let below: number | null = null;
  mapping.steps.forEach(({ instruction, step }, at) => {
    const created = Date.parse(history[at]?.created ?? '');
    // BuildKit gives what makes no layer the time of something near.
    if (Number.isNaN(created) || (step.builder === 'buildkit' && !step.producesLayer)) return;
    // Of the base image.
    if (instruction === null && below === null) return;
    const took = below === null ? 0 : (created - below) / 1000;
    const command = commands.get(instruction?.startLine ?? 0);
    if (took > 0 && took <= longest && command !== undefined && beginsAtOnce(command))
      seconds.set(command.startLine, took);
    // What COPY --link brings may be older than what is below it.
    below = Math.max(below ?? created, created);
  });
  return seconds;
}

function beginsAtOnce({ keyword, flags }: Instruction): boolean {
  return keyword === 'RUN' && !flags.some(({ name, value }) => name === 'mount' && /(?:^|,)from=/.test(value ?? ''));
}
