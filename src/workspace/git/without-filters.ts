import { decodeBytes } from '../../text/byte-string.ts';
import { nulFields } from './nul-fields.ts';
import { type GitPlace, streamGit } from './run-git.ts';

const filterSetting = /^filter\..*\.(?:clean|smudge|process|required)$/s;

/**
 * A place where git runs no filter over a file: those are programs that a repository's own settings may name. They are
 * overruled in the environment, as a name on the command line ends at its first `=`.
 * @throws LayerscopeError git-failed
 */
export async function withoutFilters<Place extends GitPlace>(place: Place): Promise<Place> {
  const names = new Set<string>();
  const listed = streamGit(place, ['config', '--list', '--name-only', '-z']);
  for await (const fields of nulFields(listed, place.directory))
    for (const field of fields) if (filterSetting.test(field)) names.add(decodeBytes(field));
  const env = { ...place.env };
  let count = Number(env['GIT_CONFIG_COUNT'] ?? 0);
  for (const name of names) {
    env[`GIT_CONFIG_KEY_${count}`] = name;
    env[`GIT_CONFIG_VALUE_${count}`] = name.endsWith('.required') ? 'false' : '';
    count++;
  }
  return { ...place, env: { ...env, GIT_CONFIG_COUNT: String(count) } };
}
