import { dirname, join, relative } from 'node:path';
import { type Config, defaultConfig } from './config.ts';
import { hasKey, packageKey, type ParsedConfig, parseConfig } from './parse-config.ts';
import { readConfigFile, readFoundFile } from './read-file.ts';
import { resolveBaseline } from './resolve-baseline.ts';

/** In one directory the first of them counts. */
const names = ['layerscope.yaml', '.layerscope.yaml', 'layerscope.json'];

/** A configuration, and where it is from. */
export interface LoadedConfig {
  readonly config: Config;
  /** The file, relative to the working directory; null where there is none. */
  readonly path: string | null;
  /** What whoever started the command should know, a sentence each. */
  readonly notes: readonly string[];
  /** The line, from 1, of a setting in the file; null where it does not say it. */
  readonly lineOf: ParsedConfig['lineOf'];
}

/**
 * The configuration: of the file that the command line names, else of the nearest directory, upward from the working
 * one, that has any; the defaults if none has.
 * @param directory the working directory, absolute
 * @param named the file of `--config`, relative to the process's working directory; null if there is none
 * @throws LayerscopeError invalid-config, also where the named file is missing or one that was found is unreadable
 */
export async function loadOwnConfig(directory: string, named: string | null): Promise<LoadedConfig> {
  if (named !== null) return await load({ path: named, text: await readConfigFile(named) }, named);
  for (let at = directory; ; at = dirname(at)) {
    const found = await configIn(at);
    if (found !== null) return await load(found, relative(directory, found.path));
    if (dirname(at) === at) return { config: defaultConfig, path: null, notes: [], lineOf: async () => null };
  }
}

/** @param shown the path as the user would write it */
async function load({ path, text }: FoundConfig, shown: string): Promise<LoadedConfig> {
  const { config, lineOf } = await parseConfig(text, path);
  const { baseline } = config;
  const resolved = baseline === null ? null : resolveBaseline(baseline, dirname(shown), dirname(path));
  return { config: { ...config, baseline: resolved }, path: shown, notes: [], lineOf };
}

interface FoundConfig {
  readonly path: string;
  readonly text: string;
}

async function configIn(directory: string): Promise<FoundConfig | null> {
  for (const name of names) {
    const path = join(directory, name);
    const text = await readFoundFile(path);
    if (text !== null) return { path, text };
  }
  return await packageConfigIn(directory);
}

/** A package.json is npm's: whatever else may be wrong with it is of no concern here. */
async function packageConfigIn(directory: string): Promise<FoundConfig | null> {
  const path = join(directory, 'package.json');
  const text = await readFoundFile(path).catch(() => null);
  // Most have no such key, and need not be parsed to see it.
  if (text === null || !text.includes(`"${packageKey}"`)) return null;
  return mayHaveKey(text) ? { path, text } : null;
}

function mayHaveKey(text: string): boolean {
  try {
    return hasKey(JSON.parse(text));
  } catch {
    return true;
  }
}
