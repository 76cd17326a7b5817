import type { Dockerfile, Instruction } from '../../dockerfile/dockerfile.ts';
import type { CacheDirectory, InstallStep, PackageManager } from '../../packages/install-step.ts';
import { recognizeInstalls } from '../../packages/recognize-installs.ts';
import { type FixMove, ownInstructions, propose, refuse, type Verdict } from './fix-move.ts';
import { isSilenced } from './silenced.ts';
import { type StageState, stageStates } from './stage-states.ts';
import { withFlag } from './with-flag.ts';
import { say, type Words } from './words.ts';

/** Keeps what package managers download out of the image and for the next build. */
export const cacheMount: FixMove = {
  rule: 'cache-mount',
  look: ({ dockerfile, buildArgs, builder, lines }) => {
    if (builder !== 'buildkit' && builder !== 'buildah') return [];
    // The first frontends know no mounts.
    if (/:1\.[01](?:\D|$)/.test(dockerfile.directives.syntax ?? '')) return [];
    const states = stageStates(dockerfile, buildArgs);
    return dockerfile.stages.flatMap((stage) =>
      ownInstructions(stage).flatMap((run): Verdict[] => {
        const { arguments: parsed, heredocs } = run;
        const state = states.get(run);
        if (run.keyword !== 'RUN' || parsed.form !== 'text' || heredocs.length > 0 || state === undefined) return [];
        const installs = recognizeInstalls(parsed.text).filter(({ caches }) => caches.length > 0);
        if (installs.length === 0 || isSilenced(run, 'cache-mount')) return [];
        const caches = missingCaches(installs, run);
        if (caches.length === 0) return [];
        const obstacle =
          installs.map((install) => cacheObstacle(install, run, state, dockerfile)).find((each) => each !== null) ??
          null;
        if (obstacle !== null) return [refuse(run, obstacle)];
        const flags = caches.map(
          ({ target, sharing }) =>
            `--mount=type=cache,target=${target}${sharing === 'shared' ? '' : `,sharing=${sharing}`}`,
        );
        const changed = withFlag(lines, run, flags.join(' '));
        if (changed === null) return [refuse(run, 'it is written in a way that leaves no place for --mount')];
        const where = caches.map(({ target }) => target).join(' and ');
        return [
          propose(
            run.startLine,
            `Keeps ${where} between builds: when the line re-runs, it fetches only what is new, and the layer holds no downloads.`,
            changed,
          ),
        ];
      }),
    );
  },
};

function missingCaches(installs: readonly InstallStep[], { flags }: Instruction): readonly CacheDirectory[] {
  const mounted = new Set(
    flags.flatMap(({ name, value }) =>
      name === 'mount' ? (/(?:^|,)(?:target|dst|destination)=([^,]+)/.exec(value ?? '')?.[1] ?? []) : [],
    ),
  );
  const wanted = new Map(installs.flatMap(({ caches }) => caches).map((cache) => [cache.target, cache]));
  return [...wanted.values()].filter(({ target }) => !mounted.has(target));
}

/** Where there is nothing but downloads, which nothing looks at once they are installed. */
const downloadsOnly: ReadonlySet<PackageManager> = new Set(['npm', 'yarn', 'pip', 'poetry', 'uv']);

/** Why a mount would take something away that later lines or the image need. */
const needed: Partial<Readonly<Record<PackageManager, string>>> = {
  pnpm: 'where pnpm has its store depends on PNPM_HOME and on file systems; node_modules notes the place',
  go: 'later lines build with what is in /go/pkg/mod, and would need the same mount',
  cargo: 'later lines build with what is in the registry, and would need the same mount',
  maven: 'later lines build with what is in the repository, and would need the same mount',
  gradle: 'later lines build with what is in the Gradle home, and would need the same mount',
  dotnet: 'later lines build with what is in the packages folder, and would need the same mount',
  bundler: 'where Bundler keeps gem files depends on GEM_HOME',
  composer: 'where Composer has its cache depends on COMPOSER_HOME',
  apt: 'images of Debian delete what apt downloads (/etc/apt/apt.conf.d/docker-clean); to keep it, a file of the image would change',
  apk: 'apk keeps what it downloads only where /etc/apk/cache is set up, which would be a change of the image',
  dnf: 'dnf keeps what it downloads only with keepcache=1, which would be a change of the image',
};

const moving =
  /^(?:npm_config_cache|NPM_CONFIG_CACHE|YARN_CACHE_FOLDER|PIP_CACHE_DIR|PIP_NO_CACHE_DIR|POETRY_CACHE_DIR|UV_CACHE_DIR|UV_NO_CACHE|XDG_CACHE_HOME|HOME)$/;

function cacheObstacle(
  { manager, caches, environment, words }: InstallStep,
  run: Instruction,
  state: StageState,
  { lines }: Dockerfile,
): Words | null {
  if (!downloadsOnly.has(manager)) return needed[manager] ?? `what ${manager} keeps is not known`;
  // The cache of Yarn since version 2 has the packages themselves.
  if (manager === 'yarn' && !words.includes('--frozen-lockfile') && !words.includes('--pure-lockfile'))
    return 'without --frozen-lockfile it is not told whether this is Yarn 1, whose cache holds only downloads';
  if (state.user !== null && state.user !== 'root' && !/^0(?::0)?$/.test(state.user))
    return `it runs as ${state.user}, whose home is not known`;
  const moved = [...environment.keys(), ...state.environment.keys()].find((name) => moving.test(name));
  if (moved !== undefined) return `${moved} puts the cache elsewhere or turns it off`;
  const own = caches.some(({ target }) => run.line.includes(target) || run.line.includes(target.replace('/root', '~')));
  if (own || /\bcache (?:clean|purge)\b|\bclear-cache\b/.test(run.line)) return 'it empties the cache itself';
  const user = lines.findIndex((line) => caches.some(({ target }) => usesPlace(line, target)));
  return user === -1
    ? null
    : say`line ${{ startLine: user + 1, endLine: user + 1 }} may use what is in ${caches.map(({ target }) => target).join(', ')}`;
}

/** A line that works offline needs what another one downloaded, which a cache that was emptied does not have. */
function usesPlace(line: string, target: string): boolean {
  if (line.trimStart().startsWith('#')) return false;
  return /--(?:prefer-)?offline\b/.test(line) || (line.includes(target) && !line.includes('--mount=type=cache'));
}
