import { join } from 'node:path';
import * as v from 'valibot';
import { parseMetadata } from '../image/metadata.ts';
import { readSettingsFile } from './settings-file.ts';

const schema = v.object({ currentContext: v.nullish(v.string(), '') });

/**
 * What matters here of the docker client's `config.json`.
 * @param folder of the client's configuration, such as `~/.docker`
 * @throws LayerscopeError `not-readable`, `invalid-json`
 */
export async function readDockerConfig(folder: string): Promise<v.InferOutput<typeof schema>> {
  const file = join(folder, 'config.json');
  const bytes = await readSettingsFile(file);
  return bytes === null ? { currentContext: '' } : parseMetadata(bytes, schema, file);
}
