import type { InstallPlace, InstallStep } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { selfContained } from './install-scripts.ts';
import { manifestObstacle, nodeSettings, npmrcIgnoresScripts, npmrcObstacle } from './node-manifest.ts';
import { names, readOptions, unknownOption } from './options.ts';
import { asObject, property, readJsonObject } from './read-json.ts';

const cleanInstalls = names('ci clean-install install-clean ic');
const installs = names('install i isntall add');

const known = {
  flags: names(`
    --ignore-scripts --production --no-audit --no-fund --prefer-offline --legacy-peer-deps --force -f --silent -s --quiet
    -q --no-optional --no-progress --no-update-notifier --verbose --unsafe-perm --no-save --no-package-lock --offline`),
  valued: names('--omit --include --only --loglevel --cache --registry --maxsockets --fetch-timeout --fetch-retries'),
};

const locks = ['npm-shrinkwrap.json', 'package-lock.json'];

/** npm (docs.npmjs.com: npm-ci, package-lock.json, npmrc). */
export const npm: InstallTool = {
  manager: 'npm',
  settings: nodeSettings,
  outputs: ['node_modules'],
  recognize: ([program, command, ...rest]) => {
    if (program !== 'npm' || command === undefined) return null;
    if (!cleanInstalls.has(command) && !installs.has(command)) return null;
    const { operands, all } = readOptions(rest, known);
    if (operands.length > 0 || rest.some((word) => /^(?:-g|--global|--location=global)$/.test(word))) return null;
    const moved = all.some(({ name }) => name === '--cache');
    return {
      manifests: ['package.json', ...locks, '.npmrc'],
      required: ['package.json'],
      caches: moved ? [] : [{ target: '/root/.npm', sharing: 'shared' }],
    };
  },
  needs: (install, place) => {
    const options = readOptions(install.words.slice(2), known);
    const ignored = options.options.has('--ignore-scripts') || npmrcIgnoresScripts(place);
    return unlessAny(
      unknownOption(options),
      rewritesLock(install),
      npmrcObstacle(place),
      manifestObstacle(place, ignored ? 'ignored' : 'run'),
      lockObstacle(place, ignored),
    );
  },
};

function rewritesLock({ words }: InstallStep): string | null {
  if (cleanInstalls.has(words[1] ?? '')) return null;
  return 'npm install may write package-lock.json anew, and the COPY behind it would put the old one back; npm ci never writes it';
}

function lockObstacle({ textOf, kindOf }: InstallPlace, scriptsIgnored: boolean): string | null {
  const path = locks.find((each) => kindOf(each) !== null);
  if (path === undefined) return 'package-lock.json: is not in the context, or left out of it';
  const lock = readJsonObject(textOf, path);
  if (lock === null) return `${path}: is no JSON object`;
  const packages = asObject(property(lock, 'packages'));
  if (packages === null) return `${path}: is of version 1, which does not tell which packages have install scripts`;
  for (const [at, value] of Object.entries(packages)) {
    if (at === '') continue;
    const entry = asObject(value) ?? {};
    const resolved = property(entry, 'resolved');
    if (!at.startsWith('node_modules/') || property(entry, 'link') === true)
      return `${path}: ${at} is a directory of the project`;
    if (typeof resolved === 'string' && resolved.startsWith('file:')) return `${path}: ${at} comes from ${resolved}`;
    if (scriptsIgnored || property(entry, 'hasInstallScript') !== true || isForOthers(entry)) continue;
    const name = packageName(at, property(entry, 'name'));
    if (!selfContained.has(name))
      return `${path}: ${name} has an install script, which may read any file; with --ignore-scripts none runs`;
  }
  return null;
}

/** Not installed on Linux at all. */
function isForOthers(entry: Readonly<Record<string, unknown>>): boolean {
  const os = property(entry, 'os');
  return (
    Array.isArray(os) && os.length > 0 && !os.includes('linux') && os.every((name) => !String(name).startsWith('!'))
  );
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`; an alias has its name in the entry. */
function packageName(at: string, name: unknown): string {
  return typeof name === 'string' ? name : at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
