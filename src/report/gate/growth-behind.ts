import type { BudgetResult } from '../../budgets/verdict.ts';
import type { Comparison, LineGrowth } from '../../comparison/comparison.ts';
import { formatChange } from '../../text/bytes.ts';

/** The line that grew most where that explains why a budget does not hold; the base image may be the one. */
export function growthBehind(
  { status, metric, scope, path, value, baseline }: BudgetResult,
  comparison: Comparison | null,
): LineGrowth | null {
  const isTold =
    (metric === 'size' || metric === 'compressed') && path === null && (scope === 'image' || scope === 'own');
  if (!isTold || status === 'error' || value === null || baseline === null || value <= baseline) return null;
  const candidates = (comparison?.lines ?? []).filter(
    ({ kind, change }) => kind !== 'removed' && change > 0 && !(kind === 'base' && scope === 'own'),
  );
  return candidates.toSorted((a, b) => b.change - a.change)[0] ?? null;
}

/** The same in words. Not sanitised. */
export function growthSentence({ kind, location, text, change }: LineGrowth): string {
  const where = kind === 'base' ? 'the base image' : location === null ? text : `line ${location.startLine} (${text})`;
  return `Most of the growth is in ${where}: ${formatChange(change)}.`;
}
