import type { Replay } from '../../cache/replay/replay.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { Warning } from '../../warnings.ts';

/** `cache replay`, as both its reports tell it. */
export interface ReplayedBuild {
  readonly builder: DockerfileBuilder;
  /** As the user calls it. */
  readonly dockerfile: string;
  readonly target: string | null;
  readonly replay: Replay;
  readonly warnings: readonly Warning[];
}
