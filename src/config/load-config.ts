import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type Config, defaultConfig } from './config.ts';
import { diveFile } from './dive-file.ts';
import { hasKey, packageKey } from './package-key.ts';
import type { ParsedConfig } from './parse-config.ts';
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
 * What `layerscope ci` goes by: the configuration, or dive's `.dive-ci` in the working directory where there is none.
 * @throws LayerscopeError as `loadOwnConfig`, and of a `.dive-ci` alike
 */
export async function loadConfig(directory: string, named: string | null): Promise<LoadedConfig> {
  const own = await loadOwnConfig(directory, named);
  if (own.path !== null) return { ...own, notes: await gateNotes(own, directory, named) };
  const { readDiveConfig } = await import('./dive-config.ts');
  const dive = await readDiveConfig(directory);
  if (dive === null) return own;
  return {
    config: { ...own.config, dive: dive.rules },
    path: diveFile,
    notes: [`${diveFile} is read, for there is no configuration of layerscope's own.`],
    lineOf: async ([part, rule]) => (part === 'dive' ? await dive.lineOf(rule) : null),
  };
}

/** What else could be taken for the gate's terms, and is not. */
async function gateNotes(
  { path, lineOf }: LoadedConfig,
  directory: string,
  named: string | null,
): Promise<readonly string[]> {
  const hidesDive = named === null && existsSync(join(directory, diveFile));
  const said = await Promise.all(['budgets', 'rules', 'failOn'].map((key) => lineOf([key])));
  return [
    ...(hidesDive ? [`${diveFile} is not read, for there is ${path}.`] : []),
    ...(said.every((line) => line === null) ? [`${path} has no budgets, so findings alone are judged.`] : []),
  ];
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
  // What checks a configuration is worth loading where there is one.
  const { parseConfig } = await import('./parse-config.ts');
  const { config, lineOf } = await parseConfig(text, path);
  const { baseline } = config;
  const resolved = baseline === null ? null : resolveBaseline(baseline, dirname(shown), dirname(path));
  return { config: { ...config, baseline: resolved }, path: shown, notes: [], lineOf };
}

/** The file of a directory that has its configuration, by its name; null where there is none. @throws LayerscopeError */
export async function findConfigIn(directory: string): Promise<string | null> {
  const found = await configIn(directory);
  return found === null ? null : basename(found.path);
}

/** The file of the nearest directory above that has one, as seen from the directory; null where none has. */
export async function findConfigAbove(directory: string): Promise<string | null> {
  for (let at = directory; dirname(at) !== at;) {
    at = dirname(at);
    const name = await findConfigIn(at);
    if (name !== null) return relative(directory, join(at, name));
  }
  return null;
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
