import { problem } from '../../errors.ts';
import type { ByteString } from '../../text/byte-string.ts';

/** Of one field. A path that is longer than this cannot be checked out anywhere. */
const fieldLimit = 2 ** 16;

/**
 * Takes apart what git prints with `-z`, as it comes: each time the fields that are complete.
 * @param path names the repository in an error
 * @throws LayerscopeError git-failed
 */
export async function* nulFields(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<readonly ByteString[]> {
  let rest = '';
  for await (const chunk of chunks) {
    const fields = (rest + chunk.toString('latin1')).split('\0');
    rest = fields.pop() ?? '';
    if (rest.length > fieldLimit)
      throw problem('git-failed', { path, command: 'ls-tree', said: 'a name that never ends' });
    yield fields;
  }
  if (rest !== '') yield [rest];
}
