import { encodeText } from '../../text/byte-string.ts';
import { type GitEntry, pathInContext } from './git-entry.ts';
import { nulFields } from './nul-fields.ts';
import type { Repository } from './open-repository.ts';
import { PathBudget } from './path-budget.ts';
import { streamGit } from './run-git.ts';

/**
 * All that a commit has below the repository's prefix.
 * @param commit full name
 * @throws LayerscopeError git-failed, history-too-large
 */
export async function listTree(repository: Repository, commit: string): Promise<readonly GitEntry[]> {
  const { directory, prefix } = repository;
  const entries: GitEntry[] = [];
  const budget = new PathBudget(directory);
  const within = prefix === '' ? [] : ['--', prefix];
  const printed = streamGit(repository, ['ls-tree', '-r', '-z', '--full-tree', commit, ...within]);
  for await (const fields of nulFields(printed, directory)) {
    budget.take(fields.length);
    for (const field of fields) {
      const tab = field.indexOf('\t');
      const [mode = '', , id = ''] = field.slice(0, tab).split(' ');
      const path = pathInContext(field.slice(tab + 1), encodeText(prefix));
      if (path !== null) entries.push({ path, object: { mode: parseInt(mode, 8), id } });
    }
  }
  return entries;
}
