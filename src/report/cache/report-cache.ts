import type { Replay } from '../../cache/replay/replay.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { ReportCache } from '../report.ts';
import { reportPerCommit, reportReplayedLines } from './replayed-lines.ts';

/** What a report says of the cache: how the commits of the context's repository would have fared. */
export function reportCache(builder: DockerfileBuilder, context: string, replay: Replay): ReportCache {
  return {
    builder,
    context,
    commits: replay.commits.length,
    range: { from: replay.from, to: replay.to },
    perCommit: reportPerCommit(replay),
    lines: reportReplayedLines(replay),
  };
}
