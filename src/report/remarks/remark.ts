import type { Severity } from '../../rules/rule.ts';

/** Something to see beside a line of the Dockerfile: a finding, or a budget that does not hold. Texts are not sanitised. */
export interface Remark {
  /** A rule's name, or `budget/` and the metric. */
  readonly rule: string;
  readonly severity: Severity;
  /** In a few words. */
  readonly title: string;
  readonly message: string;
  /** Null only where no Dockerfile is known. */
  readonly place: Place | null;
  /** What it is about, as long as figures and lines may change: it tells a remark from others of its rule. */
  readonly subject: string;
}

export interface Place {
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
}
