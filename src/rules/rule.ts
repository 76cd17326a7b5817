import type { Contents } from '../analysis/content.ts';
import type { DuplicateGroup } from '../analysis/duplicates.ts';
import type { IgnoredContent } from '../analysis/ignored-content.ts';
import type { EntryRef } from '../filesystem/entry-ref.ts';
import type { Union } from '../filesystem/union.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { RuleName } from './rule-names.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Worst first. */
export const severityOrder: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** What is known of the step that made a layer. */
export interface LayerStep {
  /** The instruction; null where no Dockerfile made the layer, or nothing tells. */
  readonly keyword: string | null;
  /** Whether the layer is the base image's: nothing there is the user's to change. */
  readonly origin: 'base' | 'own' | 'unknown';
  /** `line 12 (RUN make)`, or `layer 4 (RUN make)` where the line is not known. Not sanitised. */
  readonly place: string;
  /** `line 12` or `layer 4`. */
  readonly shortPlace: string;
  /**
   * Where a COPY or ADD took its files from: the build context, another stage or image, or unknown, for histories do not
   * tell them apart.
   */
  readonly copiesFrom: 'context' | 'stage' | 'unknown' | null;
}

/** Whether a step copies files in; what it copies is the user's choice. */
export function isCopy({ keyword }: LayerStep): boolean {
  return keyword === 'COPY' || keyword === 'ADD';
}

/** What rules look at: the bytes of an image, and the steps that made them. */
export interface RuleInput {
  readonly union: Union;
  readonly contents: Contents;
  readonly duplicates: readonly DuplicateGroup[];
  /** Dead content that no rule speaks of as waste. */
  readonly ignored: IgnoredContent;
  /** By layer. */
  readonly steps: readonly LayerStep[];
  /** Content of a small file, if it could be had (see layer/kept-content.ts). */
  readonly textOf: (ref: EntryRef) => Buffer | null;
}

/** Something to change, with the evidence for it. Texts are plain and not sanitised. */
export interface RuleFinding {
  readonly severity: Severity;
  /** What is wrong, with the places and the bytes. */
  readonly message: string;
  /** What to write instead. */
  readonly help: string;
  /** The layer whose line is to change; null if it is no single one. */
  readonly layer: number | null;
  /** The file, or the directory that all of them share. */
  readonly path: ByteString | null;
  /** What the image would lose. */
  readonly bytes: number;
  /** Lines to put in place of the line, where they can be told. */
  readonly fix: string | null;
}

/** A rule: its name is its file's, its test's and its page's (docs/rules). */
export interface Rule {
  readonly name: RuleName;
  readonly check: (input: RuleInput) => RuleFinding[];
}
