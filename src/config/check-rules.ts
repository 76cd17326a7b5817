import { type RuleName, ruleNames } from '../rules/rule-names.ts';
import { type RuleLevel, ruleLevels, type RuleSettings } from '../rules/rule-settings.ts';
import { mapping, oneOf, onlyKeys } from './check-value.ts';
import type { Place } from './wrong-setting.ts';

/** What each rule's findings count for, by its name. */
export function checkRules(place: Place, value: unknown): RuleSettings {
  const settings = mapping(place, value);
  onlyKeys(place, settings, ruleNames, 'docs/rules/README.md has the names of all rules');
  const levels = new Map<RuleName, RuleLevel>();
  for (const rule of ruleNames)
    if (rule in settings) levels.set(rule, oneOf([...place, rule], settings[rule], ruleLevels));
  return levels;
}
