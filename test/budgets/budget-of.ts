import type { Amount, Budget, Increase, Limits, Metric, Scope } from '../../src/budgets/budget.ts';
import { measureImage } from '../../src/budgets/measure-image.ts';
import type { Measures } from '../../src/budgets/measures.ts';
import { parseAmount, parseIncrease } from '../../src/budgets/parse-amount.ts';
import { globsOf } from '../globs/globs-of.ts';
import { type AnalyzedImage, analyzedIgnoring, type Step } from '../report/report-of.ts';

interface WrittenLimits {
  readonly max?: string | number;
  readonly min?: string | number;
  readonly maxIncrease?: string | number;
}

/** A budget as people write it. */
export interface WrittenBudget extends WrittenLimits {
  readonly metric: Metric;
  readonly scope?: Scope;
  readonly stage?: string;
  readonly path?: string;
  readonly name?: string;
  readonly reason?: string;
  readonly warn?: WrittenLimits;
}

export function budgetOf(written: WrittenBudget): Budget {
  const { metric, scope = 'image', stage = null, path, name = null, reason = null, warn = {} } = written;
  return {
    metric,
    scope,
    stage,
    path: path === undefined ? null : (globsOf(path)[0] ?? null),
    name,
    reason,
    limits: limitsOf(metric, written),
    warn: limitsOf(metric, warn),
  };
}

function limitsOf(metric: Metric, { max, min, maxIncrease }: WrittenLimits): Limits {
  const amount = (value: unknown): Amount | null => (value === undefined ? null : taken(parseAmount(metric, value)));
  const increase: Increase | null = maxIncrease === undefined ? null : taken(parseIncrease(metric, maxIncrease));
  return { max: amount(max), min: amount(min), maxIncrease: increase };
}

function taken<Value extends object>(value: Value | { readonly reason: string }): Value {
  if ('reason' in value) throw new Error(value.reason);
  return value;
}

/** An image of these layers, measured for some budgets. */
export function measured(
  { dockerfile = null, ignore = [] }: { readonly dockerfile?: string | null; readonly ignore?: readonly string[] },
  steps: readonly Step[],
  ...budgets: readonly Budget[]
): { image: AnalyzedImage; measures: Measures } {
  const image = analyzedIgnoring(ignore, dockerfile, ...steps);
  return { image, measures: measureImage(image.report, image.union, globsOf(...ignore), budgets) };
}
