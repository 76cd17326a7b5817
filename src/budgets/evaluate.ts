import type { Budget, Fraction, Limits } from './budget.ts';
import { budgetWords, checkLimits, type Extremes, warningWords } from './check-limits.ts';
import { compare, toNumber } from './fraction.ts';
import type { Measurement, Measures, Part } from './measures.ts';
import type { AppliedLimits, BudgetResult, Status } from './verdict.ts';

/** Judges one budget. @param baseline of what the image is compared with; null where there is nothing */
export function evaluate(budget: Budget, name: string, measures: Measures, baseline: Measures | null): BudgetResult {
  const { limits, warn } = budget;
  const now = measures.of(budget);
  const before = baseline?.of(budget) ?? null;
  const known = before?.kind === 'known' ? extremes(before.parts).largest.value : null;
  const ending = outcome(budget, now, before, known);
  const part = ending.part;
  return {
    name,
    reason: budget.reason,
    metric: budget.metric,
    scope: budget.scope,
    stage: budget.stage,
    path: budget.path?.text ?? null,
    limits: applied(limits),
    warn: applied(warn),
    value: part === null ? null : toNumber(part.value),
    baseline: known === null ? null : toNumber(known),
    status: ending.status,
    message: ending.message,
    layer: part?.layer ?? null,
    culprit: part?.culprit ?? null,
  };
}

interface Outcome {
  readonly status: Status;
  readonly message: string | null;
  /** Null where there is no value. */
  readonly part: Part | null;
}

function outcome(budget: Budget, now: Measurement, before: Measurement | null, known: Fraction | null): Outcome {
  if (now.kind === 'unknown') return { status: 'error', message: now.reason, part: null };
  const { limits, warn } = budget;
  const found = extremes(now.parts);
  const broken = checkLimits(budget, limits, found, known, budgetWords);
  const warned = checkLimits(budget, warn, found, known, warningWords);
  const usual = onlyMinimum(limits) && onlyMinimum(warn) ? found.smallest : found.largest;
  const lost = limits.maxIncrease === null && warn.maxIncrease === null ? null : whyNoBaseline(before);
  const breaches = broken.length > 0 ? broken : lost === null ? warned : [];
  const part = breaches[0]?.part ?? usual;
  const messages = [...breaches.map(({ message }) => message), ...(lost === null ? [] : [lost])];
  const status = lost !== null ? 'error' : broken.length > 0 ? 'failed' : warned.length > 0 ? 'warned' : 'passed';
  return { status, message: messages.length === 0 ? null : messages.join('; '), part };
}

/** Why there is nothing to compare with; null if there is. */
function whyNoBaseline(before: Measurement | null): string | null {
  if (before === null)
    return 'maxIncrease has no baseline to compare with: name one with --baseline, or with `baseline` in the configuration';
  return before.kind === 'known' ? null : `of the baseline, ${before.reason}`;
}

function onlyMinimum({ max, maxIncrease }: Limits): boolean {
  return max === null && maxIncrease === null;
}

function extremes(parts: readonly [Part, ...Part[]]): Extremes {
  let [largest] = parts;
  let [smallest] = parts;
  for (const part of parts) {
    if (compare(part.value, largest.value) > 0) largest = part;
    if (compare(part.value, smallest.value) < 0) smallest = part;
  }
  return { largest, smallest };
}

function applied({ max, min, maxIncrease }: Limits): AppliedLimits {
  return {
    max: max?.value ?? null,
    min: min?.value ?? null,
    maxIncrease: maxIncrease === null ? null : { value: maxIncrease.amount.value, unit: maxIncrease.kind },
  };
}
