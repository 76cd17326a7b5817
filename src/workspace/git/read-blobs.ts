import { problem } from '../../errors.ts';
import { type Repository } from './open-repository.ts';
import { readGit } from './run-git.ts';

/** Of an object's own line: name, type and size. */
const headLimit = 128;

/**
 * The texts of some objects, by their names; one that is not there is left out.
 * @param limit bytes of one, on average
 * @throws LayerscopeError git-failed
 */
export async function readBlobs(
  repository: Repository,
  ids: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (ids.length === 0) return texts;
  const printed = await readGit(repository, ['cat-file', '--batch'], {
    limit: ids.length * (limit + headLimit),
    input: `${ids.join('\n')}\n`,
  });
  for (let at = 0; at < printed.length;) {
    const end = printed.indexOf('\n', at);
    const [id = '', type, size] = printed.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (end === -1) throw problem('git-failed', { path: repository.directory, command: 'cat-file', said: 'cut short' });
    if (type !== 'blob') continue;
    texts.set(id, printed.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}
