import type { Replay } from '../../cache/replay/replay.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { CacheFinding } from '../../rules/cache/cache-rules.ts';
import type { Warning } from '../../warnings.ts';

/** `cache lint`, as both its reports tell it. */
export interface LintedBuild {
  readonly builder: DockerfileBuilder;
  /** As the user calls it. */
  readonly dockerfile: string;
  /** Its lines. */
  readonly lines: readonly string[];
  readonly target: string | null;
  /** Null without a repository. */
  readonly replay: Replay | null;
  /** Worst first. */
  readonly findings: readonly CacheFinding[];
  readonly warnings: readonly Warning[];
}
