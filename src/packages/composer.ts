import type { InstallPlace } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { names, readOptions, type ReadOptions, unknownOption } from './options.ts';
import { asObject, type JsonObject, property, readJsonObject } from './read-json.ts';

const known = {
  flags: names(`
    --no-dev --no-scripts --no-autoloader --no-plugins --no-interaction -n --no-progress --quiet -q --prefer-dist
    --ignore-platform-reqs --optimize-autoloader -o --classmap-authoritative -a --apcu-autoloader --no-suggest --no-ansi
    --no-cache --no-audit --verbose -v -vvv`),
  valued: names('--ignore-platform-req --prefer-install'),
};

/** Composer (getcomposer.org/doc: command-line interface, the composer.json schema). */
export const composer: InstallTool = {
  manager: 'composer',
  settings: {
    names: /^COMPOSER/,
    harmless: names(`
      COMPOSER_ALLOW_SUPERUSER COMPOSER_HOME COMPOSER_CACHE_DIR COMPOSER_NO_INTERACTION COMPOSER_MEMORY_LIMIT
      COMPOSER_VERSION COMPOSER_MAX_PARALLEL_HTTP COMPOSER_PROCESS_TIMEOUT COMPOSER_AUTH`),
  },
  outputs: ['vendor'],
  recognize: ([program, command, ...rest]) => {
    if (program !== 'composer' || (command !== 'install' && command !== 'i')) return null;
    const { options, operands } = readOptions(rest, known);
    if (operands.length > 0) return null;
    return {
      manifests: ['composer.json', 'composer.lock', 'auth.json'],
      required: ['composer.json', 'composer.lock'],
      caches: options.has('--no-cache') ? [] : [{ target: '/tmp/cache', sharing: 'shared' }],
    };
  },
  needs: ({ words }, place) => {
    const options = readOptions(words.slice(2), known);
    const manifest = readJsonObject(place.textOf, 'composer.json');
    if (manifest === null) return unlessAny('composer.json: is no JSON object');
    return unlessAny(
      unknownOption(options),
      scriptObstacle(manifest, options),
      autoloadObstacle(manifest, options),
      repositoryObstacle(manifest),
      directoryObstacle(manifest),
      lockObstacle(place, options),
    );
  },
};

function scriptObstacle(manifest: JsonObject, { options }: ReadOptions): string | null {
  if (options.has('--no-scripts')) return null;
  const scripts = asObject(property(manifest, 'scripts')) ?? {};
  const event = Object.keys(scripts).find((name) => /^(?:pre|post)-|^init$|^command$/.test(name));
  return event === undefined
    ? null
    : `composer.json: has a script ${event}, which may read any file; with --no-scripts it does not run`;
}

/** The autoloader maps namespaces to directories without looking into them, unless it is to list classes. */
function autoloadObstacle(manifest: JsonObject, { options }: ReadOptions): string | null {
  if (options.has('--no-autoloader')) return null;
  const listing = ['-o', '--optimize-autoloader', '-a', '--classmap-authoritative'].find((name) => options.has(name));
  if (listing !== undefined)
    return `${listing} lists the classes in the sources; composer install --no-autoloader leaves that for later`;
  for (const name of ['optimize-autoloader', 'classmap-authoritative']) {
    if (property(asObject(property(manifest, 'config')) ?? {}, name) === true)
      return `composer.json: ${name} lists the classes in the sources`;
  }
  const mapped = ['autoload', 'autoload-dev'].find(
    (name) => property(asObject(property(manifest, name)) ?? {}, 'classmap') !== undefined,
  );
  return mapped === undefined ? null : `composer.json: ${mapped} has a classmap, which is made of the sources`;
}

function repositoryObstacle(manifest: JsonObject): string | null {
  const repositories = property(manifest, 'repositories');
  const list: readonly unknown[] = Array.isArray(repositories)
    ? repositories
    : Object.values(asObject(repositories) ?? {});
  const odd = list
    .map((each) => asObject(each))
    .find(
      (each) =>
        each !== null && !(property(each, 'type') === 'composer' && /^https?:/.test(String(property(each, 'url')))),
    );
  return odd === undefined || odd === null
    ? null
    : `composer.json: has a repository of type ${String(property(odd, 'type'))}`;
}

function directoryObstacle(manifest: JsonObject): string | null {
  const config = asObject(property(manifest, 'config')) ?? {};
  const moved = ['vendor-dir', 'bin-dir'].find((name) => property(config, name) !== undefined);
  return moved === undefined
    ? null
    : `composer.json: ${moved} is set, where the COPY may put files over what is installed`;
}

function lockObstacle({ textOf }: InstallPlace, { options }: ReadOptions): string | null {
  const lock = readJsonObject(textOf, 'composer.lock');
  if (lock === null) return 'composer.lock: is no JSON object';
  for (const list of ['packages', 'packages-dev']) {
    const packages = property(lock, list);
    for (const each of Array.isArray(packages) ? packages : []) {
      const entry = asObject(each) ?? {};
      const name = String(property(entry, 'name'));
      const dist = asObject(property(entry, 'dist')) ?? {};
      if (property(dist, 'type') === 'path') return `composer.lock: ${name} comes from a directory of the project`;
      if (property(entry, 'type') === 'composer-plugin' && !options.has('--no-plugins'))
        return `composer.lock: ${name} is a plugin, which may read any file; with --no-plugins none runs`;
    }
  }
  return null;
}
