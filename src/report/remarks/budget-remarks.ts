import type { BudgetResult, Status } from '../../budgets/verdict.ts';
import type { LineGrowth } from '../../comparison/comparison.ts';
import type { Severity } from '../../rules/rule.ts';
import { formatChange } from '../gate/metric-text.ts';
import { budgetMessage } from '../gate/budget-message.ts';
import type { Report } from '../report.ts';
import type { Place, Remark } from './remark.ts';

const severities: Readonly<Record<Exclude<Status, 'passed'>, Severity>> = {
  error: 'error',
  failed: 'error',
  warned: 'warning',
};

const titles: Readonly<Record<Exclude<Status, 'passed'>, string>> = {
  error: 'Budget cannot be judged',
  failed: 'Budget broken',
  warned: 'Budget nearly used up',
};

/** Budgets that do not hold. @param home where to put one that belongs to no line */
export function budgetRemarks({ budgets, layers, comparison }: Report, home: Place | null): Remark[] {
  return (budgets?.results ?? []).flatMap((result): Remark[] => {
    const { status, metric, name, layer } = result;
    if (status === 'passed') return [];
    const own = layer === null ? null : (layers[layer]?.instruction ?? null);
    const growth = own === null ? growthBehind(result, comparison?.lines ?? []) : null;
    return [
      {
        rule: `budget/${metric}`,
        severity: severities[status],
        title: `${titles[status]}: ${name}`,
        message: `${budgetMessage(result)}${growth === null ? '' : ` ${told(growth)}`}`.trim(),
        place: placeOf(own ?? growth?.location ?? home),
        subject: name,
      },
    ];
  });
}

/** The line that grew most where that explains why a budget does not hold; the base image may be the one. */
function growthBehind(
  { status, metric, scope, path, value, baseline }: BudgetResult,
  lines: readonly LineGrowth[],
): LineGrowth | null {
  const isTold =
    (metric === 'size' || metric === 'compressed') && path === null && (scope === 'image' || scope === 'own');
  if (!isTold || status === 'error' || value === null || baseline === null || value <= baseline) return null;
  const candidates = lines.filter(
    ({ kind, change }) => kind !== 'removed' && change > 0 && !(kind === 'base' && scope === 'own'),
  );
  return candidates.toSorted((a, b) => b.change - a.change)[0] ?? null;
}

function told({ kind, location, text, change }: LineGrowth): string {
  const where = kind === 'base' ? 'the base image' : location === null ? text : `line ${location.startLine} (${text})`;
  return `Most of the growth is in ${where}: ${formatChange('size', change)}.`;
}

function placeOf(place: Place | null): Place | null {
  return place && { file: place.file, startLine: place.startLine, endLine: place.endLine };
}
