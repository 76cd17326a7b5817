import { type ByteString, encodeText } from '../../text/byte-string.ts';
import { pathInContext } from './git-entry.ts';
import { nulFields } from './nul-fields.ts';
import type { Repository } from './open-repository.ts';
import { PathBudget } from './path-budget.ts';
import { streamGit } from './run-git.ts';
import { withoutFilters } from './without-filters.ts';

/** What git knows of the work tree without a look into its files. Paths are those of the context. */
export interface WorkTreeState {
  /** Names of the objects of what is as it was when git last wrote or read it, by path. */
  readonly clean: ReadonlyMap<string, string>;
  /** Files, and directories with all in them, that git is told to ignore. */
  readonly ignored: ReadonlySet<string>;
}

/**
 * Asks git what it knows to be unchanged, whatever it did to line ends when it wrote it, and what it ignores.
 * @throws LayerscopeError git-failed, history-too-large
 */
export async function readWorkTreeState(repository: Repository): Promise<WorkTreeState> {
  const quiet = await withoutFilters(repository);
  const dirty = new Set(await list(quiet, ['diff-files', '--name-only', '--ignore-submodules=dirty', '-z']));
  const clean = new Map<string, string>();
  for (const line of await list(quiet, ['ls-files', '--stage', '-v', '-z'])) {
    const tab = line.indexOf('\t');
    const [tag, , id = '', stage] = line.slice(0, tab).split(' ');
    const whole = line.slice(tab + 1);
    const path = pathInContext(whole, encodeText(repository.prefix));
    // Other tags mean that git does not look: sparse checkouts, assume-unchanged, merges.
    if (path !== null && tag === 'H' && stage === '0' && !dirty.has(whole)) clean.set(path, id);
  }
  const others = await list(quiet, ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']);
  const ignored = others.flatMap((path) => pathInContext(path.replace(/\/$/, ''), encodeText(repository.prefix)) ?? []);
  return { clean, ignored: new Set(ignored) };
}

async function list(repository: Repository, args: readonly string[]): Promise<readonly ByteString[]> {
  const { directory, prefix } = repository;
  const budget = new PathBudget(directory);
  const all: ByteString[] = [];
  const printed = streamGit(repository, [...args, '--', ...(prefix === '' ? [] : [prefix])]);
  for await (const fields of nulFields(printed, directory)) {
    budget.take(fields.length);
    for (const field of fields) all.push(field);
  }
  return all;
}
