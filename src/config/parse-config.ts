import { basename } from 'node:path';
import { problem } from '../errors.ts';
import { checkConfig } from './check-config.ts';
import type { Config } from './config.ts';
import type { ConfigText } from './config-text.ts';
import { hasKey, packageKey } from './package-key.ts';
import { readJson } from './read-json.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

/** A configuration, and where it says what. */
export interface ParsedConfig {
  readonly config: Config;
  /** The line, from 1, of a setting; null where the file does not say it. @param place from the configuration on */
  readonly lineOf: (place: Place) => Promise<number | null>;
}

/**
 * Parses and checks a configuration: JSON where the name says so, package.json's key, else YAML.
 * @param path for the errors, and for what its name says
 * @throws LayerscopeError invalid-config, with the line
 */
export async function parseConfig(text: string, path: string): Promise<ParsedConfig> {
  const { value, lineOf } = await readText(text, path);
  const root = basename(path) === 'package.json' ? [packageKey] : [];
  try {
    if (root.length > 0 && !hasKey(value)) throw new WrongSetting([], `has no key ${packageKey}`);
    const config = checkConfig(root, settingAt(value, root));
    return {
      config,
      lineOf: async (place) => {
        const whole = [...root, ...place];
        return isSaid(value, whole) ? await lineOf(whole) : null;
      },
    };
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error;
    throw problem('invalid-config', { path, line: await lineOf(error.place), reason: error.message }, error);
  }
}

async function readText(text: string, path: string): Promise<ConfigText> {
  if (path.endsWith('.json')) return await readJson(text, path);
  const { readYaml } = await import('./read-yaml.ts');
  return readYaml(text, path);
}

/** Whether something stands at a place, or one value on the way there stands for all below (`warn: 5MB`). */
function isSaid(value: unknown, place: Place): boolean {
  if (place.length === 0) return value !== undefined && value !== null;
  if (typeof value !== 'object' || value === null) return value !== undefined && value !== null;
  const [part = '', ...rest] = place;
  return Object.hasOwn(value, part) && isSaid((value as Readonly<Record<string | number, unknown>>)[part], rest);
}

/** What stands at a place; undefined if nothing does. */
function settingAt(value: unknown, place: Place): unknown {
  let at: unknown = value;
  for (const part of place) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Readonly<Record<string | number, unknown>>)[part];
  }
  return at;
}
