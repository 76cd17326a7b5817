import { type ByteString, decodeBytes, encodeText } from '../../text/byte-string.ts';
import { type GitEntry, pathInContext } from './git-entry.ts';
import { nulFields } from './nul-fields.ts';
import type { Repository } from './open-repository.ts';
import { PathBudget } from './path-budget.ts';
import { streamGit } from './run-git.ts';

/** A commit, and what it made of paths in the context, as git tells of it. */
export interface ListedCommit {
  readonly id: string;
  readonly date: string;
  readonly subject: string;
  readonly entries: readonly GitEntry[];
}

/** Name, time and subject: what `%s` gives has no line ends. */
const format = ['%H', '%cI', '%s'].join('%x00');

/**
 * Commits along the first parents, newest first, each against its first parent. Paths elsewhere are left out, commits that
 * change nothing here are not.
 * @param to full name of the newest
 * @throws LayerscopeError git-failed, history-too-large
 */
export async function listCommits(repository: Repository, to: string, count: number): Promise<readonly ListedCommit[]> {
  const { directory, prefix } = repository;
  const reader = new CommitReader(directory, encodeText(prefix));
  const printed = streamGit(repository, [
    'log',
    `--max-count=${count}`,
    '--first-parent',
    '--diff-merges=first-parent',
    '--raw',
    '-z',
    '--no-renames',
    '--no-abbrev',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--ignore-submodules=none',
    '--encoding=UTF-8',
    `--format=${format}`,
    // Without these two, commits that change nothing below the prefix would be left out.
    '--full-history',
    '--sparse',
    to,
    '--',
    ...(prefix === '' ? [] : [prefix]),
  ]);
  for await (const fields of nulFields(printed, directory)) for (const field of fields) reader.read(field);
  return reader.commits;
}

interface CommitBeingRead extends ListedCommit {
  readonly entries: GitEntry[];
}

/**
 * Reads `name NUL time NUL subject NUL` and then, for each path, `:mode mode id id letter NUL path NUL`. A line end comes
 * before the first of those.
 */
class CommitReader {
  readonly commits: CommitBeingRead[] = [];
  readonly #prefix: ByteString;
  readonly #budget: PathBudget;
  /** Fields that have come of a commit's head or of a change, and are not complete yet. */
  #pending: ByteString[] = [];

  constructor(directory: string, prefix: ByteString) {
    this.#budget = new PathBudget(directory);
    this.#prefix = prefix;
  }

  read(field: ByteString): void {
    const pending = this.#pending;
    pending.push(field);
    const change = /^\n?:/.test(pending[0] ?? '');
    if (pending.length < (change ? 2 : 3)) return;
    this.#pending = [];
    if (change) this.#change(pending);
    else this.#commit(pending);
  }

  #commit([id = '', date = '', subject = '']: readonly ByteString[]): void {
    this.commits.push({ id, date, subject: decodeBytes(subject), entries: [] });
  }

  #change([raw = '', path = '']: readonly ByteString[]): void {
    this.#budget.take(1);
    const [, mode = '', , id = ''] = raw.slice(raw.indexOf(':') + 1).split(' ');
    const inContext = pathInContext(path, this.#prefix);
    if (inContext === null) return;
    const object = /^0+$/.test(id) ? null : { mode: parseInt(mode, 8), id };
    this.commits.at(-1)?.entries.push({ path: inContext, object });
  }
}
