import { dirname, join } from 'node:path';
import { type Config, defaultConfig } from './config.ts';
import { hasKey, packageKey, parseConfig } from './parse-config.ts';
import { readConfigFile, readFoundFile } from './read-file.ts';

/** In one directory the first of them counts. */
const names = ['layerscope.yaml', '.layerscope.yaml', 'layerscope.json'];

/**
 * The configuration: of the file that the command line names, else of the nearest directory, upward from the working
 * one, that has any; the defaults if none has.
 * @param directory the working directory, absolute
 * @param named the file of `--config`, relative to the process's working directory; null if there is none
 * @throws LayerscopeError invalid-config, also where the named file is missing or one that was found is unreadable
 */
export async function loadConfig(directory: string, named: string | null): Promise<Config> {
  if (named !== null) return await parseConfig(await readConfigFile(named), named);
  for (let at = directory; ; at = dirname(at)) {
    const found = await configIn(at);
    if (found !== null) return await parseConfig(found.text, found.path);
    if (dirname(at) === at) return defaultConfig;
  }
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
