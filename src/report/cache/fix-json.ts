import type { Replay } from '../../cache/replay/replay.ts';
import type { ProposedBuild } from './fixed-build.ts';

/** `cache fix --json` (docs/schema/cache-fix.v1.json). */
export function fixJson(proposed: ProposedBuild): string {
  const { builder, dockerfile, target, fix, diff, changingArguments, written, backups, warnings } = proposed;
  const report = {
    schemaVersion: 1,
    builder,
    dockerfile,
    target,
    diff,
    changes: fix.changes.map(({ rule, line, message, perCommit }) => ({
      rule,
      line,
      message,
      saved: rounded(perCommit),
    })),
    refused: fix.refused,
    commits: fix.before?.commits.length ?? null,
    changingArguments,
    before: rounded(fix.before?.perCommit ?? null),
    after: rounded(fix.after?.perCommit ?? null),
    written,
    backups,
    warnings,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function rounded(mean: Replay['perCommit'] | null): Replay['perCommit'] | null {
  if (mean === null) return null;
  const { steps, bytes, seconds } = mean;
  return {
    steps,
    bytes: bytes === null ? null : Math.round(bytes),
    seconds: seconds === null ? null : Math.round(seconds * 1000) / 1000,
  };
}
