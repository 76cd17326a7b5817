import type { BudgetResult, Gate, Status } from '../../budgets/verdict.ts';
import { formatBeside, formatLimits, formatMetric, formatMetricChange } from './metric-text.ts';

/** A budget as tables show it; empty where there is nothing to show. Names are not sanitised. */
export interface BudgetRow {
  readonly status: Status;
  readonly name: string;
  readonly value: string;
  readonly limit: string;
  readonly warns: string;
  readonly baseline: string;
  /** Above 0 where it is more than the baseline; null where that is not known. */
  readonly difference: number | null;
  readonly change: string;
}

const worstFirst: readonly Status[] = ['error', 'failed', 'warned', 'passed'];

/** What does not hold first; else in the order of the configuration. */
export function worstBudgets({ results }: Pick<Gate, 'results'>): BudgetResult[] {
  return results.toSorted((a, b) => worstFirst.indexOf(a.status) - worstFirst.indexOf(b.status));
}

/** The budgets as they were applied, with what came of them. */
export function budgetRow({ name, metric, status, value, baseline, limits, warn }: BudgetResult): BudgetRow {
  const difference = value === null || baseline === null ? null : value - baseline;
  const beside = [limits.max, limits.min, warn.max, warn.min].find(
    (limit) => limit !== null && value !== null && formatBeside(metric, value, limit) !== formatMetric(metric, value),
  );
  return {
    status,
    name,
    value: value === null ? 'unknown' : formatBeside(metric, value, beside ?? null),
    limit: formatLimits(metric, limits, value),
    warns: formatLimits(metric, warn, value),
    baseline: baseline === null ? '' : formatMetric(metric, baseline),
    difference,
    change: difference === null ? '' : formatMetricChange(metric, difference),
  };
}
