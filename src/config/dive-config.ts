import { join } from 'node:path';
import {
  diveDefaults,
  type DiveRuleName,
  diveRuleNames,
  type DiveRules,
  type DiveThreshold,
  parseDiveThreshold,
} from '../budgets/dive-rules.ts';
import { problem } from '../errors.ts';
import { closest } from '../text/closest.ts';
import { mapping } from './check-value.ts';
import { diveFile } from './dive-file.ts';
import { readFoundFile } from './read-file.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

export interface DiveConfig {
  readonly rules: DiveRules;
  /** Null for what it does not say, and for what is no rule. */
  readonly lineOf: (rule: Place[number] | undefined) => number | null | Promise<number | null>;
}

/**
 * dive's rules, with its defaults where the file says nothing; null where there is no such file.
 * @throws LayerscopeError invalid-config, also of what dive would take no notice of: a rule that it does not know
 */
export async function readDiveConfig(directory: string): Promise<DiveConfig | null> {
  const path = join(directory, diveFile);
  const text = await readFoundFile(path);
  if (text === null) return null;
  const { readYaml } = await import('./read-yaml.ts');
  const { value, lineOf } = readYaml(text, path);
  try {
    const written = checkDive(value);
    const keys = new Map(written.map(({ rule, key }): [Place[number] | undefined, string] => [rule, key]));
    return {
      rules: { ...diveDefaults, ...Object.fromEntries(written.map(({ rule, threshold }) => [rule, threshold])) },
      lineOf: (rule) => {
        const key = keys.get(rule);
        return key === undefined ? null : lineOf(['rules', key]);
      },
    };
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error;
    throw problem('invalid-config', { path, line: await lineOf(error.place), reason: error.message }, error);
  }
}

interface WrittenRule {
  readonly rule: DiveRuleName;
  /** As the file has it. */
  readonly key: string;
  readonly threshold: DiveThreshold;
}

/** What dive's own example has beside `rules`, such as `plugins`, is for dive. @throws WrongSetting */
function checkDive(value: unknown): readonly WrittenRule[] {
  const settings = mapping([], value);
  const mistyped = Object.keys(settings).find((key) => key !== 'rules' && closest(key, ['rules']) !== null);
  if (mistyped !== undefined) throw new WrongSetting([mistyped], 'unknown key; did you mean rules?');
  return Object.entries(mapping(['rules'], settings['rules'])).map(([key, threshold]) => checkRule(key, threshold));
}

function checkRule(key: string, value: unknown): WrittenRule {
  const place = ['rules', key];
  // dive takes them in any case.
  const rule = diveRuleNames.find((name) => name.toLowerCase() === key.toLowerCase());
  if (rule === undefined) {
    const meant = closest(key, diveRuleNames);
    throw new WrongSetting(
      place,
      `unknown rule; ${meant === null ? `rules are ${diveRuleNames.join(', ')}` : `did you mean ${meant}?`}`,
    );
  }
  const threshold = parseDiveThreshold(rule, value);
  if (threshold.kind === 'misconfigured') throw new WrongSetting(place, threshold.reason);
  return { rule, key, threshold };
}
