import { placeOf, reportPerCommit, reportReplayedLines, rounded } from './replayed-lines.ts';
import type { ReplayedBuild } from './replayed-build.ts';

/** `cache replay --json` (docs/schema/cache-replay.v1.json). */
export function replayJson({ builder, dockerfile, target, replay, warnings }: ReplayedBuild): string {
  const { from, to, commits } = replay;
  const report = {
    schemaVersion: 1,
    builder,
    dockerfile,
    target,
    commits: commits.length,
    range: { from, to },
    perCommit: reportPerCommit(replay),
    lines: reportReplayedLines(replay),
    history: commits.map(({ id, date, subject, firstMiss, rerun, cost }) => ({
      commit: id,
      date,
      subject,
      firstMiss: firstMiss === null ? null : placeOf(firstMiss),
      rerun,
      ...rounded(cost),
    })),
    warnings,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
