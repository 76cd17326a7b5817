import type { InstallPlace, InstallStep } from './install-step.ts';
import { type InstallTool, nothingElse, unlessAny, unsafe } from './install-tool.ts';
import { projectReaderIn } from './install-scripts.ts';
import { manifestObstacle, nodeSettings, npmrcIgnoresScripts, npmrcObstacle } from './node-manifest.ts';
import { names, readOptions, type ReadOptions, unknownOption } from './options.ts';

const known = {
  flags: names(`
    --frozen-lockfile --pure-lockfile --immutable --immutable-cache --check-cache --ignore-scripts --production --prod
    --non-interactive --silent -s --ignore-optional --ignore-engines --ignore-platform --prefer-offline --offline --no-progress
    --no-cache --inline-builds --link-duplicates`),
  valued: names('--network-timeout --network-concurrency --mode --registry --mutex'),
};

/** Yarn, classic and since version 2 (classic.yarnpkg.com/docs/cli/install, yarnpkg.com/cli/install). */
export const yarn: InstallTool = {
  manager: 'yarn',
  settings: nodeSettings,
  outputs: [
    'node_modules',
    '.pnp.cjs',
    '.pnp.js',
    '.pnp.loader.mjs',
    '.yarn/cache',
    '.yarn/unplugged',
    '.yarn/install-state.gz',
    '.yarn/build-state.yml',
  ],
  recognize: ([program, ...rest]) => {
    if (program !== 'yarn') return null;
    const [first] = rest;
    const words = first === 'install' ? rest.slice(1) : rest;
    if (
      readOptions(words, known).operands.length > 0 ||
      words.some((word) => /^(?:-v|--version|-h|--help)$/.test(word))
    )
      return null;
    return {
      manifests: ['package.json', 'yarn.lock', '.npmrc', '.yarnrc', '.yarnrc.yml'],
      required: ['package.json', 'yarn.lock'],
      caches: [{ target: '/usr/local/share/.cache/yarn', sharing: 'locked' }],
    };
  },
  needs: (install, place) => {
    const lock = place.textOf('yarn.lock');
    if (lock === null) return unsafe('yarn.lock: cannot be read');
    const isClassic = lock.includes('# yarn lockfile v1');
    if (!isClassic && !/^__metadata:/m.test(lock)) return unsafe('yarn.lock: is of no known version');
    const options = readOptions(install.words.slice(install.words[1] === 'install' ? 2 : 1), known);
    const common = unlessAny(unknownOption(options), rewritesLock(install, options, isClassic), npmrcObstacle(place));
    if (!common.safe) return common;
    return isClassic ? classicNeeds(place, options, lock) : berryNeeds(place, options, lock);
  },
};

function rewritesLock({ words }: InstallStep, { options }: ReadOptions, isClassic: boolean): string | null {
  const flags = isClassic ? ['--frozen-lockfile', '--pure-lockfile'] : ['--immutable'];
  if (flags.some((flag) => options.has(flag))) return null;
  return `${words.slice(0, 2).join(' ')} may write yarn.lock, and the COPY behind it would put the old one back; with ${flags[0] ?? ''} it does not`;
}

function classicNeeds(place: InstallPlace, { options }: ReadOptions, lock: string): ReturnType<InstallTool['needs']> {
  const ignored = options.has('--ignore-scripts') || npmrcIgnoresScripts(place);
  return unlessAny(
    classicSettings(place),
    manifestObstacle(place, ignored ? 'ignored' : 'run'),
    localIn(lock, /@(?:file|link):|^ {2}resolved "file:/),
    ignored ? null : readerIn(lock),
  );
}

/** `.yarnrc` of Yarn 1: a key and a value a line. */
function classicSettings({ textOf }: InstallPlace): string | null {
  const harmless =
    /^(?:registry|network-timeout|network-concurrency|strict-ssl|lastUpdateCheck|save-prefix|disable-self-update-check|--install\.[a-z-]+|--ignore-engines|"@[^"]+:registry")\s/;
  const odd = (textOf('.yarnrc') ?? '')
    .split(/\r?\n/)
    .find((line) => line.trim() !== '' && !line.startsWith('#') && !harmless.test(`${line} `));
  return odd === undefined ? null : `.yarnrc: sets ${odd.split(/\s/, 1)[0] ?? ''}, which may name other files`;
}

function berryNeeds(place: InstallPlace, { options }: ReadOptions, lock: string): ReturnType<InstallTool['needs']> {
  const settings = (place.textOf('.yarnrc.yml') ?? '').split(/\r?\n/);
  const ignored =
    options.get('--mode') === 'skip-build' || settings.some((line) => /^enableScripts:\s*false\s*$/.test(line));
  const outcome = unlessAny(
    berrySettings(settings),
    manifestObstacle(place, ignored ? 'ignored' : 'run'),
    localIn(lock, /@(?:file|link|portal|exec):/),
    localIn(lock, /@workspace:(?!\.["\s,])/),
    localIn(lock, /@patch:(?![^\s"]*builtin<)/),
    ignored ? null : readerIn(lock),
  );
  if (!outcome.safe) return outcome;
  const release = releaseIn(settings);
  return release === null ? nothingElse : { safe: true, sources: [release] };
}

const harmlessSettings = names(`
  checksumBehavior compressionLevel defaultSemverRangePrefix enableGlobalCache enableInlineBuilds enableMessageNames
  enableProgressBars enableScripts enableTelemetry httpTimeout networkConcurrency nmHoistingLimits nmMode nodeLinker
  npmAlwaysAuth npmAuthToken npmRegistryServer npmScopes npmRegistries pnpMode supportedArchitectures yarnPath
  npmMinimalAgeGate approvedGitRepositories enableImmutableInstalls packageExtensions`);

function berrySettings(lines: readonly string[]): string | null {
  for (const line of lines) {
    if (/^(?:\s|#|-|$)/.test(line)) continue;
    const key = /^["']?([A-Za-z]+)["']?\s*:/.exec(line.slice(0, 100))?.[1];
    if (key === undefined || !harmlessSettings.has(key))
      return `.yarnrc.yml: sets ${key ?? line.slice(0, 40)}, which may read other files`;
    if (key === 'yarnPath' && releaseIn([line]) === null) return '.yarnrc.yml: yarnPath lies outside of .yarn/releases';
  }
  return null;
}

function releaseIn(lines: readonly string[]): string | null {
  for (const line of lines) {
    const path = /^yarnPath:\s*["']?(?:\.\/)?(\.yarn\/releases\/[\w.-]+)["']?\s*$/.exec(line.slice(0, 300))?.[1];
    if (path !== undefined) return path;
  }
  return null;
}

/** Longer lines of a lock file are nobody's, and would make the search slow. */
const longestLine = 4000;

function localIn(lock: string, pattern: RegExp): string | null {
  const found = lock.split('\n').find((line) => line.length > longestLine || pattern.test(line));
  return found === undefined ? null : `yarn.lock: ${found.trim().slice(0, 80)} is from files of the project`;
}

function readerIn(lock: string): string | null {
  const reader = projectReaderIn(lockedNames(lock));
  return reader === null ? null : `yarn.lock: the install script of ${reader} reads files of the project`;
}

/** Names in keys such as `"@babel/core@^7.0.0", "@babel/core@^7.1.0":` and `lodash@^4:`. */
function* lockedNames(lock: string): Generator<string, void, void> {
  for (const line of lock.split('\n')) {
    const name = /^"?((?:@[^/@"]+\/)?[^/@"\s]+)@/.exec(line.slice(0, 300))?.[1];
    if (name !== undefined) yield name;
  }
}
