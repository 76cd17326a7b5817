import type { InstallPlace } from './install-step.ts';
import { names } from './options.ts';
import { asObject, type JsonObject, property, readJsonObject, stringsIn } from './read-json.ts';

/** Settings of npm, Yarn and pnpm in the environment; NODE_OPTIONS may load a file. */
export const nodeSettings = {
  names: /^(?:npm_config_|NODE_OPTIONS$|YARN_|PNPM_|COREPACK_|INIT_CWD$)/i,
  harmless: names(`
    NPM_CONFIG_LOGLEVEL NPM_CONFIG_UPDATE_NOTIFIER NPM_CONFIG_FUND NPM_CONFIG_AUDIT NPM_CONFIG_REGISTRY
    NPM_CONFIG_PRODUCTION NPM_CONFIG_CACHE NPM_CONFIG_PROGRESS NPM_CONFIG_YES YARN_VERSION YARN_CACHE_FOLDER
    YARN_ENABLE_TELEMETRY PNPM_HOME PNPM_VERSION COREPACK_HOME COREPACK_ENABLE_DOWNLOAD_PROMPT`),
};

/** The scripts of the root package that an install runs (npm's documentation, "Life Cycle Operation Order"). */
const lifecycle = `preinstall install postinstall prepublish preprepare prepare postprepare
  dependencies pnpm:devPreinstall`.split(/\s+/);

const dependencyLists =
  'dependencies devDependencies optionalDependencies peerDependencies overrides resolutions pnpm'.split(' ');

/** Why package.json does not stand for itself; null where it does. @param scripts those of the root are run */
export function manifestObstacle(place: InstallPlace, scripts: 'run' | 'ignored'): string | null {
  const manifest = readJsonObject(place.textOf, 'package.json');
  if (manifest === null) return 'package.json: is no JSON object';
  if (property(manifest, 'workspaces') !== undefined)
    return 'package.json: has workspaces, whose package.json files are read, too';
  return (scripts === 'run' ? scriptObstacle(manifest, place) : null) ?? localDependency(manifest);
}

function scriptObstacle(manifest: JsonObject, place: InstallPlace): string | null {
  const scripts = asObject(property(manifest, 'scripts')) ?? {};
  const run = lifecycle.find((name) => property(scripts, name) !== undefined);
  if (run !== undefined) return `package.json: has a script ${run}, which an install runs and which may read any file`;
  return place.kindOf('binding.gyp') === null ? null : 'binding.gyp: an install compiles what it names';
}

function localDependency(manifest: JsonObject): string | null {
  for (const list of dependencyLists) {
    const value = property(manifest, list);
    for (const { key, text } of stringsIn(value)) {
      if (isLocal(text)) return `package.json: ${list} has ${key} from ${text}, files outside of the manifests`;
    }
    const patched = list === 'pnpm' ? asObject(value) : null;
    if (patched !== null && property(patched, 'patchedDependencies') !== undefined)
      return 'package.json: has patchedDependencies, whose patches are read';
  }
  return null;
}

/** What comes from the project's own files. */
function isLocal(text: string): boolean {
  return (
    /(?:^|[@+])(?:file|link|portal|workspace|patch|exec):/.test(text) ||
    /^(?:\.|\/|~\/)/.test(text) ||
    (/\.(?:tgz|tar|tar\.gz)$/.test(text) && !text.includes('://'))
  );
}

/** Keys of .npmrc that name no file and run nothing. */
const harmlessKeys = names(`
  access always-auth audit auto-install-peers before color dedupe-peer-dependents email engine-strict fetch-retries
  fetch-retry-maxtimeout fetch-retry-mintimeout fetch-timeout force foreground-scripts fund heading hoist
  hoist-pattern ignore-scripts include install-strategy legacy-peer-deps link-workspace-packages lockfile-version
  loglevel maxsockets network-concurrency node-linker offline omit omit-lockfile-registry-resolved optional
  package-lock package-manager-strict prefer-frozen-lockfile prefer-offline prefer-workspace-packages production
  progress provenance public-hoist-pattern registry replace-registry-host resolution-mode save-exact save-prefix
  save-workspace-protocol shamefully-hoist side-effects-cache strict-peer-dependencies strict-ssl update-notifier`);

/** Why .npmrc does not stand for itself; null where it does, or where there is none. */
export function npmrcObstacle({ textOf }: InstallPlace): string | null {
  const key = npmrcLines(textOf('.npmrc') ?? '').find(
    ([name]) =>
      !harmlessKeys.has(name) &&
      !/^@[^:]*:registry$|^\/\/.*:_(?:authToken|auth|password)$|^\/\/.*:username$/.test(name),
  );
  return key === undefined ? null : `.npmrc: sets ${key[0]}, which may name other files`;
}

/** Whether .npmrc says that no scripts run. */
export function npmrcIgnoresScripts({ textOf }: InstallPlace): boolean {
  return npmrcLines(textOf('.npmrc') ?? '').some(([name, value]) => name === 'ignore-scripts' && value === 'true');
}

function npmrcLines(text: string): (readonly [string, string])[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line))
    .map((line): readonly [string, string] => {
      const equals = line.indexOf('=');
      return equals === -1
        ? [line, 'true']
        : [line.slice(0, equals).trim().replace(/\[\]$/, ''), line.slice(equals + 1).trim()];
    });
}
