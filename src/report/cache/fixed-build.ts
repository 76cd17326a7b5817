import type { Fix } from '../../cache/fix/fix.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { Warning } from '../../warnings.ts';

/** `cache fix`, as both its reports tell it. */
export interface ProposedBuild {
  readonly builder: DockerfileBuilder;
  /** As the user calls it. */
  readonly dockerfile: string;
  readonly target: string | null;
  readonly fix: Fix;
  readonly diff: string;
  /** Arguments that the replay gives another value with each commit. */
  readonly changingArguments: readonly string[];
  /** Files that were written; empty unless that was asked for. */
  readonly written: readonly string[];
  /** Copies of those that git does not have. */
  readonly backups: readonly string[];
  readonly warnings: readonly Warning[];
}
