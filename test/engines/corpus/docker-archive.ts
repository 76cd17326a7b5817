import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { imageConfig } from './image-config.ts';
import type { LayerBlob } from './oci-layout.ts';
import { writeTar } from './tar-header.ts';

/**
 * A docker archive as kaniko and ko write it: gzip layers, named after their hash at the archive's root, the manifest
 * last. `docker save` never compresses a layer.
 */
export async function writeGzipDockerArchive(file: string, tag: string, layers: readonly LayerBlob[]): Promise<void> {
  const config = Buffer.from(JSON.stringify(imageConfig(layers)));
  const configName = `sha256:${sha256(config)}`;
  const files = layers.map(({ tar }) => {
    const content = gzipSync(tar);
    return { name: `${sha256(content)}.tar.gz`, content };
  });
  const manifest = [{ Config: configName, RepoTags: [tag], Layers: files.map(({ name }) => name) }];
  // Two equal layers are one file.
  const unique = new Map(files.map((each) => [each.name, each]));
  const archive = writeTar([
    { name: configName, content: config },
    ...unique.values(),
    { name: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
  await writeFile(file, archive);
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
