import type { Amount, Budget, Limits } from '../../budgets/budget.ts';
import { diveRuleNames, type DiveThreshold } from '../../budgets/dive-rules.ts';
import type { Config } from '../config.ts';
import type { Place } from '../wrong-setting.ts';

/** A setting as it takes effect, written as a file would have it. */
export interface Setting {
  readonly place: Place;
  /** An empty mapping is one that says nothing. */
  readonly value: string | number | boolean | readonly string[] | Readonly<Record<string, never>> | null;
}

/** All that a configuration comes to, in the order of the published schema, dive's rules behind; budgets without what they leave open. */
export function settingsOf({ budgets, ignore, rules, baseline, failOn, dive, tui }: Config): readonly Setting[] {
  const at = (place: Place, value: Setting['value']): Setting => ({ place, value });
  return [
    ...orEmpty(
      at(['budgets'], []),
      budgets.flatMap((budget, index) => budgetSettings(['budgets', index], budget)),
    ),
    ...orEmpty(
      at(['ignore'], []),
      ignore.map(({ text }, index) => at(['ignore', index], text)),
    ),
    ...orEmpty(
      at(['rules'], {}),
      [...rules].map(([rule, level]) => at(['rules', rule], level)),
    ),
    ...orEmpty(at(['baseline'], null), baseline === null ? [] : [at(['baseline', baseline.from], baseline.reference)]),
    at(['failOn'], failOn),
    ...orEmpty(
      at(['tui', 'keys'], {}),
      Object.entries(tui.keys).map(([action, keys]) => at(['tui', 'keys', action], keys)),
    ),
    at(['tui', 'theme'], tui.theme),
    at(['tui', 'mouse'], tui.mouse),
    ...diveRuleNames.flatMap((rule) => (dive === null ? [] : [at(['dive', rule], thresholdText(dive[rule]))])),
  ];
}

function orEmpty(empty: Setting, settings: readonly Setting[]): readonly Setting[] {
  return settings.length === 0 ? [empty] : settings;
}

function budgetSettings(place: Place, budget: Budget): readonly Setting[] {
  const { name, reason, metric, scope, stage, path, limits, warn } = budget;
  return [
    ...unlessNull([...place, 'name'], name),
    ...unlessNull([...place, 'reason'], reason),
    { place: [...place, 'metric'], value: metric },
    { place: [...place, 'scope'], value: scope },
    ...unlessNull([...place, 'stage'], stage),
    ...unlessNull([...place, 'path'], path?.text ?? null),
    ...limitSettings(place, limits),
    ...limitSettings([...place, 'warn'], warn),
  ];
}

function limitSettings(place: Place, { max, min, maxIncrease }: Limits): readonly Setting[] {
  return [
    ...unlessNull([...place, 'max'], written(max)),
    ...unlessNull([...place, 'min'], written(min)),
    ...unlessNull([...place, 'maxIncrease'], written(maxIncrease?.amount ?? null)),
  ];
}

function unlessNull(place: Place, value: string | number | null): readonly Setting[] {
  return value === null ? [] : [{ place, value }];
}

function thresholdText(threshold: DiveThreshold): string | number {
  if (threshold.kind === 'disabled') return 'disabled';
  const number = Number(threshold.text);
  return String(number) === threshold.text ? number : threshold.text;
}

/** A bare number was one, which needs no quotes. */
function written(amount: Amount | null): string | number | null {
  if (amount === null) return null;
  return /^\d+(?:\.\d+)?$/.test(amount.text) ? Number(amount.text) : amount.text;
}
