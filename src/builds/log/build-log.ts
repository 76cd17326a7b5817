import type { LogLine } from './log-line.ts';

/** Builders whose logs tell their steps. */
export type LoggingBuilder = 'buildkit' | 'classic' | 'buildah';

/** A step of a build, as the builder's log tells it. */
export interface LogStep {
  /**
   * Of BuildKit the stage's name in lower case, or `stage-N`; of buildah its number; null where the log has none: there is
   * one stage, or (classic) steps are numbered through all of them.
   */
  readonly stage: string | null;
  /** From 1, of those that the builder counts. */
  readonly ordinal: number;
  readonly total: number | null;
  /** Of a build for several, or for another than the builder's; as printed. */
  readonly platform: string | null;
  /** The instruction on one line; BuildKit has variables expanded in it. Not sanitised. */
  readonly text: string;
  readonly cached: boolean;
  /** How long it ran; null of what was cached, did not end well, or was not timed. */
  readonly seconds: number | null;
}

export interface BuildLog {
  readonly builder: LoggingBuilder;
  /** In the order of the log; of several builds, if there are several. */
  readonly steps: readonly LogStep[];
}

/** A way to write a log. */
export interface LogFormat {
  readonly builder: LoggingBuilder;
  /** Whether a line is one that only this format has, and has early. */
  readonly begins: (line: string) => boolean;
  readonly read: (lines: readonly LogLine[]) => readonly LogStep[];
}
