import { type Budget, metrics, type Scope, scopes } from '../budgets/budget.ts';
import { metricRules } from '../budgets/metrics.ts';
import { checkEffect } from './check-effect.ts';
import { checkGlob } from './check-glob.ts';
import { checkLimits, checkWarn, limitKeys } from './check-limits.ts';
import { list, mapping, oneOf, onlyKeys, textOf } from './check-value.ts';
import { type Place, placeText, WrongSetting } from './wrong-setting.ts';

const keys = ['name', 'reason', 'metric', 'scope', 'stage', 'path', ...limitKeys, 'warn'];

export function checkBudgets(place: Place, value: unknown): readonly Budget[] {
  const budgets = list(place, value).map((each, at) => checkBudget([...place, at], each));
  const named = new Map<string, number>();
  budgets.forEach(({ name }, at) => {
    if (name === null) return;
    const other = named.get(name);
    if (other !== undefined)
      throw new WrongSetting([...place, at, 'name'], `is the name of ${placeText([...place, other])} already`);
    named.set(name, at);
  });
  return budgets;
}

function checkBudget(place: Place, value: unknown): Budget {
  const settings = mapping(place, value);
  onlyKeys(place, settings, keys, `keys are ${keys.slice(0, -1).join(', ')} and ${keys.at(-1)}`);
  const at = (key: string): Place => [...place, key];
  /** What has no default is undefined where it is left out, and wrong where it is empty. */
  const ifThere = <Checked>(key: string, check: (place: Place, value: unknown) => Checked): Checked | null =>
    key in settings ? check(at(key), settings[key]) : null;
  if (!('metric' in settings)) throw new WrongSetting(place, `a budget needs a metric: ${metrics.join(', ')}`);
  const metric = oneOf(at('metric'), settings['metric'], metrics);
  const { refusedScopes, refusedPath } = metricRules[metric];
  const scope = ifThere('scope', (place, value) => oneOf(place, value, scopes)) ?? 'image';
  const refusedScope = refusedScopes[scope];
  if (refusedScope !== undefined) throw new WrongSetting(at('scope'), refusedScope);
  const stage = ifThere('stage', (place, value) => checkStage(place, value, scope));
  const path = ifThere('path', checkGlob);
  if (path !== null && refusedPath !== null) throw new WrongSetting(at('path'), refusedPath);
  const limits = checkLimits(place, settings, metric);
  const warn = checkWarn(at('warn'), settings['warn'], metric, limits);
  checkEffect(place, metric, limits, warn);
  return {
    name: ifThere('name', (place, value) => textOf(place, value, 'a name')),
    reason: ifThere('reason', (place, value) => textOf(place, value, 'a sentence')),
    metric,
    scope,
    stage,
    path,
    limits,
    warn,
  };
}

/** A stage by its name, or its number where it has none. */
function checkStage(place: Place, value: unknown, scope: Scope): string {
  const name = typeof value === 'number' && Number.isInteger(value) && value >= 0 ? String(value) : value;
  const stage = textOf(place, name, 'the name of a stage');
  if (scope !== 'stage') throw new WrongSetting(place, `counts with scope: stage only, and the scope is ${scope}`);
  return stage;
}
