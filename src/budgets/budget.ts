import type { PathGlob } from '../globs/path-glob.ts';

/** What of an image is measured (docs/budgets.md). */
export const metrics = ['size', 'compressed', 'wasted', 'wastedPercent', 'layers', 'files', 'efficiency'] as const;
export type Metric = (typeof metrics)[number];

/** Of what part of it: of `layer` and `stage` the largest counts, or the smallest where there is a minimum. */
export const scopes = ['image', 'own', 'base', 'layer', 'stage'] as const;
export type Scope = (typeof scopes)[number];

/** What a budget looks at; two with the same subject measure the same. */
export interface Subject {
  readonly metric: Metric;
  readonly scope: Scope;
  /** The one stage that counts; null for each of them, and in any other scope. */
  readonly stage: string | null;
  /** Null for all paths. */
  readonly path: PathGlob | null;
}

/** A limit, exact: `2.5%` is 5/2, `1.2MB` is 1200000. */
export interface Amount {
  /** As written. */
  readonly text: string;
  /** Bytes, layers or files; of `wastedPercent` 0 to 100; of `efficiency` 0 to 1. */
  readonly value: number;
  readonly fraction: Fraction;
}

export interface Fraction {
  readonly numerator: bigint;
  /** Above 0. */
  readonly denominator: bigint;
}

/**
 * How much more than the baseline is allowed: so much, or such a share of what the baseline has. Of `wastedPercent` it is
 * percentage points.
 */
export type Increase =
  | { readonly kind: 'absolute'; readonly amount: Amount }
  /** 0 to 100 and beyond. */
  | { readonly kind: 'percent'; readonly amount: Amount };

/** Each of them holds where it is met exactly; null: no such limit. */
export interface Limits {
  readonly max: Amount | null;
  readonly min: Amount | null;
  readonly maxIncrease: Increase | null;
}

/** A budget as a configuration has it. */
export interface Budget extends Subject {
  /** What people call it; told from the rest where it has none. */
  readonly name: string | null;
  readonly reason: string | null;
  /** Beyond these it is broken. */
  readonly limits: Limits;
  /** Beyond these it is a warning; nothing but a warning comes of it if `limits` has none. */
  readonly warn: Limits;
}
