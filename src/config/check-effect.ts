import type { Amount, Fraction, Limits, Metric } from '../budgets/budget.ts';
import { compare, fraction } from '../budgets/fraction.ts';
import { metricRules, type Unit } from '../budgets/metrics.ts';
import { limitKeys } from './check-limits.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

/** No image has more of it. */
const all: Readonly<Partial<Record<Unit, Fraction>>> = { percent: fraction(100), ratio: fraction(1) };

/** Refuses a budget whose limits cannot all be met, or are met by every image; and warnings that nobody ever gets. */
export function checkEffect(place: Place, metric: Metric, limits: Limits, warn: Limits): void {
  if (limitKeys.every((key) => limits[key] === null && warn[key] === null))
    throw new WrongSetting(place, 'a budget needs a limit: max, min or maxIncrease, or warn with one of them');
  checkReach(place, metric, limits);
  // A warning that is one amount stands at the key itself.
  checkReach([...place, 'warn'], metric, warn);
  checkOrder([...place, 'min'], limits.min, limits.max);
  checkOrder([...place, 'warn', 'min'], warn.min, warn.max ?? limits.max);
  if (warn.min === null) checkOrder([...place, 'warn', 'max'], limits.min, warn.max);
  checkWarnings([...place, 'warn'], limits, warn);
}

function checkReach(place: Place, metric: Metric, { max, min }: Limits): void {
  const most = all[metricRules[metric].unit];
  if (max !== null && most !== undefined && compare(max.fraction, most) >= 0)
    throw new WrongSetting([...place, 'max'], `${max.text} is all there can be, so it always holds`);
  if (min !== null && min.fraction.numerator === 0n)
    throw new WrongSetting([...place, 'min'], 'there is never less than 0, so it always holds');
}

function checkOrder(place: Place, min: Amount | null, max: Amount | null): void {
  if (min !== null && max !== null && compare(min.fraction, max.fraction) > 0)
    throw new WrongSetting(place, `nothing is both ${min.text} at least and ${max.text} at most`);
}

/** A budget that is broken says so, and warns of nothing. */
function checkWarnings(place: Place, limits: Limits, warn: Limits): void {
  const never = (key: string, limit: Amount): never => {
    throw new WrongSetting([...place, key], `never warns, for ${key} is ${limit.text} and fails before`);
  };
  if (warn.max !== null && limits.max !== null && compare(warn.max.fraction, limits.max.fraction) >= 0)
    never('max', limits.max);
  if (warn.min !== null && limits.min !== null && compare(warn.min.fraction, limits.min.fraction) <= 0)
    never('min', limits.min);
  const [early, late] = [warn.maxIncrease, limits.maxIncrease];
  if (early === null || late === null || early.kind !== late.kind) return;
  if (compare(early.amount.fraction, late.amount.fraction) >= 0) never('maxIncrease', late.amount);
}
