import type { ImageFacts } from '../comparison/image-facts.ts';
import type { Fraction, Subject } from './budget.ts';

/** What the budgets of an image, or of its baseline, are judged by. */
export interface Measures {
  readonly of: (subject: Subject) => Measurement;
  readonly dive: ImageFacts['compat']['dive'];
}

/** In the metric's unit (`metricRules`). */
export type Measurement =
  | { readonly kind: 'known'; readonly parts: readonly [Part, ...Part[]] }
  /** One sentence: why, and what to do about it. Not sanitised. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** A value: of a layer or a stage in a scope that looks at each of them, else the only one. */
export interface Part {
  readonly value: Fraction;
  readonly layer: number | null;
  /** The layer with its step, or the stage, in words. */
  readonly culprit: string | null;
}
