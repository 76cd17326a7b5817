import type { BudgetResult, Status } from '../../budgets/verdict.ts';
import type { Severity } from '../../rules/rule.ts';
import { budgetMessage } from '../gate/budget-message.ts';
import { growthBehind, growthSentence } from '../gate/growth-behind.ts';
import type { Report } from '../report.ts';
import { stageHome } from './home-of.ts';
import type { Place, Remark } from './remark.ts';

const severities: Readonly<Record<Exclude<Status, 'passed'>, Severity>> = {
  error: 'error',
  failed: 'error',
  warned: 'warning',
};

const titles: Readonly<Record<Exclude<Status, 'passed'>, string>> = {
  error: 'Budget cannot be judged',
  failed: 'Budget broken',
  warned: 'Budget warns',
};

/** Budgets that do not hold. @param home where to put one that belongs to no line */
export function budgetRemarks(report: Report, home: Place | null): Remark[] {
  const { budgets, comparison } = report;
  return (budgets?.results ?? []).flatMap((result): Remark[] => {
    const { status, metric, name } = result;
    if (status === 'passed') return [];
    const own = ownPlace(report, result);
    const growth = own === null ? growthBehind(result, comparison) : null;
    return [
      {
        rule: `budget/${metric}`,
        severity: severities[status],
        title: `${titles[status]}: ${name}`,
        message: `${budgetMessage(result)}${growth === null ? '' : ` ${growthSentence(growth)}`}`.trim(),
        place: placeOf(own ?? growth?.location ?? home),
        subject: name,
      },
    ];
  });
}

/** Of a budget for each layer or stage, the line of the one that it is about. */
function ownPlace(report: Report, { scope, layer, stage, culprit }: BudgetResult): Place | null {
  if (layer !== null) return report.layers[layer]?.instruction ?? null;
  const name = stage ?? culprit?.replace(/^stage /, '') ?? null;
  return scope === 'stage' && name !== null ? stageHome(report, name) : null;
}

function placeOf(place: Place | null): Place | null {
  return place && { file: place.file, startLine: place.startLine, endLine: place.endLine };
}
