import { join } from 'node:path';
import * as v from 'valibot';
import { problem } from '../errors.ts';
import { readSettingsFile } from './settings-file.ts';

const schema = v.object({ currentContext: v.nullish(v.string(), '') });

/**
 * What matters here of the docker client's `config.json`.
 * @param folder of the client's configuration, such as `~/.docker`
 * @throws LayerscopeError `not-readable`, `invalid-json`
 */
export async function readDockerConfig(folder: string): Promise<v.InferOutput<typeof schema>> {
  const path = join(folder, 'config.json');
  const bytes = await readSettingsFile(path);
  if (bytes === null) return { currentContext: '' };
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), bytes.toString());
  // Passwords stand in this file, and what a parser says of a mistake repeats what stands around it.
  if (!result.success) throw problem('invalid-json', { path, reason: 'no JSON with a text as currentContext' });
  return result.output;
}
