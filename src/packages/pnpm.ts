import type { InstallPlace, InstallStep } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { projectReaderIn } from './install-scripts.ts';
import { manifestObstacle, nodeSettings, npmrcIgnoresScripts, npmrcObstacle } from './node-manifest.ts';
import { names, readOptions, type ReadOptions, unknownOption } from './options.ts';

const known = {
  flags: names(`
    --frozen-lockfile --ignore-scripts --prod -P --production --dev -D --no-optional --prefer-offline --offline --silent -s
    --shamefully-hoist --strict-peer-dependencies`),
  valued: names('--reporter --loglevel --network-concurrency'),
};

/** pnpm (pnpm.io: install, settings). */
export const pnpm: InstallTool = {
  manager: 'pnpm',
  settings: nodeSettings,
  outputs: ['node_modules'],
  recognize: ([program, command, ...rest]) => {
    if (program !== 'pnpm' || (command !== 'install' && command !== 'i')) return null;
    if (readOptions(rest, known).operands.length > 0) return null;
    return {
      manifests: ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', '.pnpmfile.cjs', '.pnpmfile.mjs'],
      required: ['package.json', 'pnpm-lock.yaml'],
      caches: [{ target: '/root/.local/share/pnpm/store', sharing: 'shared' }],
    };
  },
  needs: (install, place) => {
    const options = readOptions(install.words.slice(2), known);
    const ignored = options.options.has('--ignore-scripts') || npmrcIgnoresScripts(place);
    return unlessAny(
      unknownOption(options),
      rewritesLock(install, options),
      hookObstacle(place),
      npmrcObstacle(place),
      workspaceObstacle(place),
      manifestObstacle(place, ignored ? 'ignored' : 'run'),
      lockObstacle(place, ignored),
    );
  },
};

function rewritesLock({ environment }: InstallStep, { options }: ReadOptions): string | null {
  if (options.has('--frozen-lockfile') || environment.get('CI') === 'true') return null;
  return 'without --frozen-lockfile pnpm may write pnpm-lock.yaml, and the COPY behind it would put the old one back';
}

function hookObstacle({ kindOf }: InstallPlace): string | null {
  const hook = ['.pnpmfile.cjs', '.pnpmfile.mjs'].find((path) => kindOf(path) !== null);
  return hook === undefined ? null : `${hook}: is a program that the install runs and that may read any file`;
}

/** Settings that name no file (pnpm.io/settings). */
const harmless = names(`
  autoInstallPeers catalog catalogs dedupePeerDependents hoist hoistPattern ignoredBuiltDependencies minimumReleaseAge
  nodeLinker onlyBuiltDependencies overrides peerDependencyRules publicHoistPattern shamefullyHoist strictPeerDependencies`);

function workspaceObstacle({ textOf, kindOf }: InstallPlace): string | null {
  const path = 'pnpm-workspace.yaml';
  if (kindOf(path) === null) return null;
  const text = textOf(path);
  if (text === null) return `${path}: cannot be read`;
  for (const line of text.split(/\r?\n/)) {
    if (/^(?:\s|#|-|$)/.test(line)) continue;
    const key = /^["']?([A-Za-z]+)["']?\s*:/.exec(line.slice(0, 100))?.[1];
    if (key === undefined || !harmless.has(key))
      return key === 'packages'
        ? `${path}: has packages, whose package.json files are read, too`
        : `${path}: sets ${key ?? line.slice(0, 40)}, which may name other files`;
  }
  return /(?:file|link|workspace):/.test(text) ? `${path}: names files of the project` : null;
}

function lockObstacle({ textOf }: InstallPlace, scriptsIgnored: boolean): string | null {
  const path = 'pnpm-lock.yaml';
  const text = textOf(path);
  if (text === null) return `${path}: cannot be read`;
  const local = /(?:["'\s@(:])(?:file|link):|\bdirectory:|^patchedDependencies:/m.exec(text)?.[0];
  if (local !== undefined) return `${path}: has ${local.replace(/^[^a-z]/, '')} entries, files of the project`;
  if (scriptsIgnored) return null;
  const reader = projectReaderIn(lockedNames(text));
  return reader === null ? null : `${path}: the install script of ${reader} reads files of the project`;
}

/** Names in keys such as `/esbuild@0.21.5:`, `'@swc/core@1.7.0(x@1)':`. */
function* lockedNames(text: string): Generator<string, void, void> {
  for (const line of text.split('\n')) {
    const name = /^ {2}['"]?\/?((?:@[^/@'"]+\/)?[^/@'"]+)[@/]/.exec(line.slice(0, 300))?.[1];
    if (name !== undefined) yield name;
  }
}
