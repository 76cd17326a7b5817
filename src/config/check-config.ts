import { failureLevels } from '../budgets/verdict.ts';
import { checkBaseline } from './check-baseline.ts';
import { checkRules } from './check-rules.ts';
import { checkTui } from './check-tui.ts';
import { mapping, oneOf, onlyKeys } from './check-value.ts';
import { type Config, defaultConfig } from './config.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

const keys = ['rules', 'baseline', 'failOn', 'tui'];

/** Settings that have their names already, for later versions. */
const later = ['budgets', 'ignore'];

/**
 * Checks what a file says, and adds the defaults. A setting that would have no effect is refused: a budget that nobody
 * looks at is worse than none.
 * @param place where the configuration is in the file
 * @throws WrongSetting
 */
export function checkConfig(place: Place, value: unknown): Config {
  const settings = mapping(place, value);
  for (const key of later)
    if (key in settings) throw new WrongSetting([...place, key], 'is not read by this version; take it out');
  // $schema is for editors.
  onlyKeys(place, settings, [...keys, '$schema'], 'keys are rules, baseline, failOn and tui');
  const { rules, baseline, failOn, tui } = settings;
  return {
    ...defaultConfig,
    rules: checkRules([...place, 'rules'], rules),
    baseline: checkBaseline([...place, 'baseline'], baseline),
    failOn: failOn === undefined ? defaultConfig.failOn : oneOf([...place, 'failOn'], failOn, failureLevels),
    tui: checkTui([...place, 'tui'], tui),
  };
}
