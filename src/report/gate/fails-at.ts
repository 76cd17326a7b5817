import type { FailOn } from '../../budgets/verdict.ts';
import { type Severity, severityOrder } from '../../rules/rule.ts';

/** Whether a finding of that severity fails the gate. */
export function failsAt(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'never' && severityOrder[severity] <= severityOrder[failOn];
}
