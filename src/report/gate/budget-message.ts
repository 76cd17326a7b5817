import type { BudgetResult } from '../../budgets/verdict.ts';

/** What is wrong with a budget, and why it is there, in sentences. Not sanitised. */
export function budgetMessage({ message, reason }: Pick<BudgetResult, 'message' | 'reason'>): string {
  const sentences = [
    ...(message === null ? [] : [message.endsWith('.') ? message : `${message}.`]),
    ...(reason === null ? [] : [`Why there is a limit: ${reason}`]),
  ];
  return sentences.join(' ');
}
