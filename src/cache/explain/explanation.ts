import type { KeyedStep, PartKind } from '../keyed-step.ts';
import type { StepStatus } from '../cache-records.ts';

/** What made a step lose its cache. */
export type ReasonKind =
  | PartKind
  /** An earlier step re-runs, and this one starts from what that leaves. */
  | 'parent'
  /** The step was not there before. */
  | 'new';

export interface Reason {
  readonly kind: ReasonKind;
  /** For people: `src/a.ts changed mode 644 to 664`. Not sanitised. */
  readonly detail: string;
  /** The step that this one follows from, by its index; null where it starts here. */
  readonly step: number | null;
}

export interface ExplainedStep {
  readonly step: KeyedStep;
  readonly status: StepStatus;
  /** Empty for what is cached. */
  readonly because: readonly Reason[];
}

/** Each step of the later of two builds, in order. */
export type Explanation = readonly ExplainedStep[];
