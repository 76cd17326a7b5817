import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { problem } from '../errors.ts';
import { parseMetadata } from '../image/metadata.ts';
import { parseEngineAddress } from './engine-address.ts';
import type { EngineEndpoint } from './engine-endpoint.ts';
import { readSettingsFile } from './settings-file.ts';
import { hasMaterial, readTlsFolder } from './tls-material.ts';

/** `meta.json` of the docker client's context store; Go writes these names with capitals. */
const schema = v.object({
  Endpoints: v.object({
    docker: v.object({ Host: v.string(), SkipTLSVerify: v.nullish(v.boolean(), false) }),
  }),
});

/**
 * Where a context of the docker client leads.
 * @param folder of the client's configuration, such as `~/.docker`
 * @throws LayerscopeError `no-engine-context`, and for files that cannot be read
 */
export async function readDockerContext(folder: string, name: string): Promise<EngineEndpoint> {
  // The store names its folders by a hash, so a name cannot lead out of it.
  const id = createHash('sha256').update(name).digest('hex');
  const file = join(folder, 'contexts', 'meta', id, 'meta.json');
  const bytes = await readSettingsFile(file);
  if (bytes === null) throw problem('no-engine-context', { name, file });
  const { Host: host, SkipTLSVerify: unverified } = parseMetadata(bytes, schema, file).Endpoints.docker;
  const material = await readTlsFolder(join(folder, 'contexts', 'tls', id, 'docker'), !unverified);
  const tls = unverified || hasMaterial(material) ? material : null;
  const from = `docker context ${name}`;
  return { addresses: [parseEngineAddress(host, { from, tls: tls !== null })], tls };
}
