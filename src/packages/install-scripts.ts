import { names } from './options.ts';

/**
 * Packages whose install scripts were read: they compile or fetch what is theirs, and look at no file of the project but
 * package.json.
 */
export const selfContained = names(`
  @apollo/protobufjs @biomejs/biome @parcel/watcher @swc/core @scarf/scarf bcrypt better-sqlite3 bufferutil canvas core-js
  core-js-pure cpu-features es5-ext esbuild fsevents msgpackr-extract node-sass protobufjs re2 sharp sqlite3 ssh2
  unrs-resolver utf-8-validate workerd`);

/**
 * Packages whose install scripts read files of the project: a schema, a settings file, the hooks of a repository.
 * Of managers whose lock file does not tell which packages have scripts, these are what can be looked for.
 */
const projectReaders = names(`
  @prisma/client @sentry/cli ghooks husky lefthook nx patch-package postinstall-postinstall pre-commit prisma puppeteer
  simple-git-hooks yorkie`);

/** A package of a lock file that reads the project when it is installed; null where none is known. */
export function projectReaderIn(packages: Iterable<string>): string | null {
  for (const name of packages) if (projectReaders.has(name)) return name;
  return null;
}
