import type { Action } from '../tui/keys/actions.ts';
import { actionNames, findConflict, type KeyOverrides } from '../tui/keys/bindings.ts';
import { refusal } from '../tui/keys/key-name.ts';
import { themeNames } from '../tui/theme.ts';
import { described } from '../text/described.ts';
import { boolean, mapping, oneOf, onlyKeys } from './check-value.ts';
import { defaultConfig, type TuiConfig } from './config.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

export function checkTui(place: Place, value: unknown): TuiConfig {
  const settings = mapping(place, value);
  onlyKeys(place, settings, ['keys', 'theme', 'mouse'], 'keys are keys, theme and mouse');
  const { keys, theme, mouse } = settings;
  return {
    keys: checkKeys([...place, 'keys'], keys),
    theme: theme === undefined ? defaultConfig.tui.theme : oneOf([...place, 'theme'], theme, themeNames),
    mouse: mouse === undefined ? defaultConfig.tui.mouse : boolean([...place, 'mouse'], mouse),
  };
}

function checkKeys(place: Place, value: unknown): KeyOverrides {
  const settings = mapping(place, value);
  onlyKeys(place, settings, actionNames, 'docs/schema/config.v1.json has the names of all actions');
  const overrides: Partial<Record<Action, readonly string[]>> = {};
  for (const action of actionNames)
    if (action in settings) overrides[action] = checkKeyList([...place, action], settings[action]);
  const conflict = findConflict(overrides);
  if (conflict === null) return overrides;
  const [action, other] = conflict.actions;
  throw new WrongSetting([...place, action], `${conflict.key} is a key of ${other} too; give ${other} another one`);
}

/** One key or several; an empty list takes the action off the keyboard. */
function checkKeyList(place: Place, value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((each, at) => checkKey([...place, at], each));
  return [checkKey(place, value)];
}

function checkKey(place: Place, value: unknown): string {
  // A digit needs no quotes in YAML.
  const name = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9 ? String(value) : value;
  if (typeof name !== 'string')
    throw new WrongSetting(place, `expected a key such as g, space or ctrl+u, not ${described(value)}`);
  const reason = refusal(name);
  if (reason !== null) throw new WrongSetting(place, reason);
  return name;
}
