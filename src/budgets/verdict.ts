import type { Severity } from '../rules/rule.ts';
import type { Metric, Scope } from './budget.ts';

/** Worst last. `error`: it could not be judged, which is no pass. */
export type Status = 'passed' | 'warned' | 'failed' | 'error';

/** From which severity on a finding fails the gate. A budget that warns counts as a `warning`. */
export const failureLevels = ['error', 'warning', 'info', 'never'] as const;
export type FailOn = (typeof failureLevels)[number];

/** The limits of a budget as they were applied: numbers in the metric's unit, the increase's share in `percent`. */
export interface AppliedLimits {
  readonly max: number | null;
  readonly min: number | null;
  readonly maxIncrease: { readonly value: number; readonly unit: 'absolute' | 'percent' } | null;
}

/** A budget and what came of it. */
export interface BudgetResult {
  /** The user's name, or one made of what it measures: `size of own layers in /usr/share/doc/**`. Unique in a gate. */
  readonly name: string;
  readonly reason: string | null;
  readonly metric: Metric | DiveMetric;
  readonly scope: Scope;
  readonly stage: string | null;
  /** The pattern as written. */
  readonly path: string | null;
  readonly limits: AppliedLimits;
  readonly warn: AppliedLimits;
  /** In the metric's unit: bytes, a count, 0 to 100, 0 to 1; null where it cannot be told. */
  readonly value: number | null;
  /** Of the baseline; null where there is none or it cannot be told. */
  readonly baseline: number | null;
  readonly status: Status;
  /** What is wrong, one sentence, not sanitised; null where nothing is. */
  readonly message: string | null;
  /** The layer, or the stage, that a budget for each of them is about: the one with the value above. */
  readonly layer: number | null;
  readonly culprit: string | null;
}

/** dive's own two that have no metric of ours; `efficiency` is the same number here and there. */
export type DiveMetric = 'diveWastedBytes' | 'diveUserWastedPercent';

/** What the image at hand was compared with. */
export interface BaselineIdentity {
  readonly kind: 'image' | 'report';
  /** As it was asked for. */
  readonly reference: string;
  readonly manifestDigest: string | null;
  readonly configDigest: string;
}

/** How the image stands to its budgets. The `budgets` of a report. */
export interface Gate {
  /** The worst of all results, and of the findings by `failOn`. */
  readonly verdict: Status;
  /** What `layerscope ci` exits with, but for --exit-zero: 0, 1 if something failed, 2 if something could not be judged. */
  readonly exitStatus: 0 | 1 | 2;
  /** The configuration the budgets are from; null where there is none (dive's flags alone). */
  readonly config: string | null;
  readonly failOn: FailOn;
  readonly baseline: BaselineIdentity | null;
  readonly results: readonly BudgetResult[];
  /** How many findings fail the gate, by rule, in the order of the findings. */
  readonly failingFindings: readonly { readonly rule: string; readonly severity: Severity; readonly count: number }[];
}
