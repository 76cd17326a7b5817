import type { Amount, Increase, Limits, Metric } from '../budgets/budget.ts';
import { metricRules } from '../budgets/metrics.ts';
import { type AmountRefusal, parseAmount, parseIncrease } from '../budgets/parse-amount.ts';
import { mapping, onlyKeys } from './check-value.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

export const limitKeys = ['max', 'min', 'maxIncrease'] as const;
export type LimitKey = (typeof limitKeys)[number];

type Settings = Readonly<Record<string, unknown>>;

/** Reads `max`, `min` and `maxIncrease` of a mapping that may have other keys, too. */
export function checkLimits(place: Place, settings: Settings, metric: Metric): Limits {
  for (const key of limitKeys) {
    const refused = metricRules[metric].refusedLimits[key];
    if (key in settings && refused !== undefined) throw new WrongSetting([...place, key], refused);
  }
  const read = <Parsed extends Amount | Increase>(
    key: LimitKey,
    parse: (metric: Metric, value: unknown) => Parsed | AmountRefusal,
  ): Parsed | null => {
    if (!(key in settings)) return null;
    const parsed = parse(metric, settings[key]);
    if ('reason' in parsed) throw new WrongSetting([...place, key], parsed.reason);
    return parsed;
  };
  return {
    max: read('max', parseAmount),
    min: read('min', parseAmount),
    maxIncrease: read('maxIncrease', parseIncrease),
  };
}

/** Reads `warn`: limits of its own, or one amount where the budget has one limit. */
export function checkWarn(place: Place, value: unknown, metric: Metric, limits: Limits): Limits {
  if (value === undefined) return { max: null, min: null, maxIncrease: null };
  if (typeof value === 'string' || typeof value === 'number') {
    const [only, ...others] = limitKeys.filter((key) => limits[key] !== null);
    if (only === undefined || others.length > 0)
      throw new WrongSetting(place, `of which limit? Write it as a mapping, such as { max: ${value} }`);
    return warnOf(place, { [only]: value }, metric);
  }
  const settings = mapping(place, value);
  onlyKeys(place, settings, limitKeys, 'keys are max, min and maxIncrease');
  if (limitKeys.every((key) => !(key in settings)))
    throw new WrongSetting(place, 'is without a limit; give it max, min or maxIncrease');
  return checkLimits(place, settings, metric);
}

/** An amount by itself, whose mistakes are its own: there is no key to name. */
function warnOf(place: Place, settings: Settings, metric: Metric): Limits {
  try {
    return checkLimits([], settings, metric);
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error;
    throw new WrongSetting(place, error.reason);
  }
}
