import { failureLevels } from '../budgets/verdict.ts';
import { checkBaseline } from './check-baseline.ts';
import { checkBudgets } from './check-budgets.ts';
import { checkIgnore } from './check-glob.ts';
import { checkRules } from './check-rules.ts';
import { checkTui } from './check-tui.ts';
import { mapping, oneOf, onlyKeys } from './check-value.ts';
import { type Config, defaultConfig } from './config.ts';
import type { Place } from './wrong-setting.ts';

const keys = ['budgets', 'ignore', 'rules', 'baseline', 'failOn', 'tui'];

/**
 * Checks what a file says, and adds the defaults. A setting that would have no effect is refused: a budget that nobody
 * looks at is worse than none.
 * @param place where the configuration is in the file
 * @throws WrongSetting
 */
export function checkConfig(place: Place, value: unknown): Config {
  const settings = mapping(place, value);
  // $schema is for editors.
  onlyKeys(place, settings, [...keys, '$schema'], 'keys are budgets, ignore, rules, baseline, failOn and tui');
  const { budgets, ignore, rules, baseline, failOn, tui } = settings;
  return {
    budgets: checkBudgets([...place, 'budgets'], budgets),
    ignore: checkIgnore([...place, 'ignore'], ignore),
    rules: checkRules([...place, 'rules'], rules),
    baseline: checkBaseline([...place, 'baseline'], baseline),
    failOn: failOn === undefined ? defaultConfig.failOn : oneOf([...place, 'failOn'], failOn, failureLevels),
    dive: null,
    tui: checkTui([...place, 'tui'], tui),
  };
}
