import type { Flag } from '../dockerfile.ts';
import type { StepRecord } from '../step-record.ts';

/** What a grammar reads from one history entry. */
export interface ParsedEntry {
  /** The instruction, upper case; null for what no Dockerfile made (`bazel build …`, a debootstrap script). */
  readonly keyword: string | null;
  /** What follows the keyword, in a Dockerfile's words; the whole of `created_by` where there is none. Not sanitised. */
  readonly text: string;
  /** Build arguments the step ran with, `NAME=value`, as one text: the history does not quote values. */
  readonly buildArgs: string | null;
  /** The flags that the builder keeps. */
  readonly flags: readonly Flag[];
  /** For comparison with an instruction; null where it has none. */
  readonly record: StepRecord | null;
}

const keywords = new Set(
  `ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME
  WORKDIR`.split(/\s+/),
);

export function isKeyword(word: string): boolean {
  return keywords.has(word);
}

export function plainEntry(text: string): ParsedEntry {
  return { keyword: null, text, buildArgs: null, flags: [], record: null };
}

/** The first word of a text and the rest. */
export function splitOnce(text: string): readonly [first: string, rest: string] {
  const at = text.search(/\s/);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at).trimStart()];
}
