import type { BudgetResult } from '../../budgets/verdict.ts';

/** What is wrong with a budget, and why it is there. Not sanitised. */
export function budgetMessage({ message, reason }: BudgetResult): string {
  return `${message ?? ''}${reason === null ? '' : ` Why there is a limit: ${reason}`}`.trim();
}
