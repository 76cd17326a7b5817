import { basename } from 'node:path';
import { problem } from '../errors.ts';
import { checkConfig } from './check-config.ts';
import type { Config } from './config.ts';
import type { ConfigText } from './config-text.ts';
import { readJson } from './read-json.ts';
import { WrongSetting } from './wrong-setting.ts';

/** The key of package.json that the configuration is under. */
export const packageKey = 'layerscope';

/**
 * Parses and checks a configuration: JSON where the name says so, package.json's key, else YAML.
 * @param path for the errors, and for what its name says
 * @throws LayerscopeError invalid-config, with the line
 */
export async function parseConfig(text: string, path: string): Promise<Config> {
  const { value, lineOf } = await readText(text, path);
  try {
    if (basename(path) !== 'package.json') return checkConfig([], value);
    if (!hasKey(value)) throw new WrongSetting([], `has no key ${packageKey}`);
    return checkConfig([packageKey], value[packageKey]);
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

/** Whether what package.json says has a configuration in it. */
export function hasKey(value: unknown): value is { readonly [packageKey]: unknown } {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, packageKey);
}
