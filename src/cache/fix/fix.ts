import type { Replay } from '../replay/replay.ts';

/** A change of a Dockerfile or its ignore file that is known to be safe. */
export interface FixChange {
  /** The rule whose finding it mends. */
  readonly rule: string;
  /** First line of what is changed, in the file as it was. */
  readonly line: number;
  readonly message: string;
}

/** A change that was thought of and is not made, for its safety is not shown. */
export interface RefusedFix {
  readonly rule: string;
  readonly line: number;
  /** What would have to be known: `package.json has a postinstall script, which may read other files`. */
  readonly reason: string;
}

/** A file as it was and as it should be. */
export interface FixedFile {
  readonly role: 'dockerfile' | 'ignore-file';
  /** Null where there is none yet. */
  readonly before: string | null;
  readonly after: string;
}

export interface Fix {
  readonly files: readonly FixedFile[];
  readonly changes: readonly (FixChange & {
    /** What this change and those before it save, in means per commit; null without a history. */
    readonly perCommit: Replay['perCommit'] | null;
  })[];
  readonly refused: readonly RefusedFix[];
  /** Null without a history. */
  readonly before: Replay | null;
  readonly after: Replay | null;
}
