import type { Gate, Status } from '../../budgets/verdict.ts';
import type { Comparison } from '../../comparison/comparison.ts';
import { budgetMessage } from '../gate/budget-message.ts';
import { failsAt } from '../../budgets/judge.ts';
import { growthBehind, growthSentence } from '../gate/growth-behind.ts';
import { formatLimits, formatMetric } from '../gate/metric-text.ts';
import type { TestCase } from './test-case.ts';

const outcomes: Readonly<Record<Status, TestCase['outcome']>> = {
  passed: 'passed',
  warned: 'passed',
  failed: 'failure',
  error: 'error',
};

/** A case for each budget. */
export function budgetCases({ results, failOn }: Gate, comparison: Comparison | null): TestCase[] {
  return results.map((result): TestCase => {
    const { name, metric, limits, value, baseline, status } = result;
    const limit = formatLimits(metric, limits, value);
    const message = budgetMessage(result);
    const growth = status === 'passed' ? null : growthBehind(result, comparison);
    return {
      name,
      outcome: status === 'warned' && failsAt('warning', failOn) ? 'failure' : outcomes[status],
      type: `budget/${metric}`,
      message: message || name,
      details: [
        ...(message === '' ? [] : [message]),
        ...(growth === null ? [] : [growthSentence(growth)]),
        ...(value === null ? [] : [`value: ${formatMetric(metric, value)} (${value})`]),
        ...(baseline === null ? [] : [`baseline: ${formatMetric(metric, baseline)} (${baseline})`]),
        ...(limit === '' ? [] : [`limit: ${limit}`]),
      ],
    };
  });
}
