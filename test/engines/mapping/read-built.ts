import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import * as v from 'valibot';
import { type ImageConfig, imageConfigSchema } from '../../../src/image/config.ts';

/** An image as built: its configuration, and what each layer holds below `/m`. */
export interface Built {
  readonly config: ImageConfig;
  readonly layers: readonly (readonly string[])[];
}

/** All images of one `docker save`, by name. Layers that images share are stored once, and linked to. */
export async function readDockerArchive(file: string): Promise<ReadonlyMap<string, Built>> {
  const texts = new Map<string, string>();
  const layers = new Map<string, readonly string[]>();
  const links = new Map<string, string>();
  const entries = createReadStream(file).pipe(extract());
  for await (const entry of entries) {
    const { name, type, linkname } = entry.header;
    if (type === 'symlink') links.set(name, posix.join(posix.dirname(name), linkname ?? ''));
    const bytes = await buffer(entry);
    if (name.endsWith('layer.tar') && type === 'file') layers.set(name, await markersIn(bytes));
    else if (name.endsWith('.json')) texts.set(name, bytes.toString());
  }
  const manifest = JSON.parse(texts.get('manifest.json') ?? '[]') as {
    Config: string;
    RepoTags: string[];
    Layers: string[];
  }[];
  return new Map(
    manifest.flatMap(({ Config, RepoTags, Layers }) => {
      const built = {
        config: parse(texts.get(Config) ?? ''),
        layers: Layers.map((layer) => layers.get(links.get(layer) ?? layer) ?? []),
      };
      return RepoTags.map((tag) => [tag, built] as const);
    }),
  );
}

/** An image of an OCI layout that holds several. */
export async function readLayoutImage(layout: string, tag: string): Promise<Built> {
  const blob = async (digest: string) => await readFile(join(layout, 'blobs', digest.replace(':', '/')));
  const index = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')) as {
    manifests: { digest: string; annotations?: Record<string, string> }[];
  };
  const found = index.manifests.find((each) => each.annotations?.['org.opencontainers.image.ref.name'] === tag);
  const manifest = JSON.parse((await blob(found?.digest ?? '')).toString()) as {
    config: { digest: string };
    layers: { digest: string }[];
  };
  const layers: (readonly string[])[] = [];
  for (const { digest } of manifest.layers) layers.push(await markersIn(gunzipSync(await blob(digest))));
  return { config: parse((await blob(manifest.config.digest)).toString()), layers };
}

function parse(text: string): ImageConfig {
  return v.parse(imageConfigSchema, JSON.parse(text));
}

async function markersIn(tar: Buffer): Promise<readonly string[]> {
  const names: string[] = [];
  const entries = extract();
  entries.end(tar);
  for await (const entry of entries) {
    const name = entry.header.name.replace(/\/$/, '');
    if (name.startsWith('m/')) names.push(name.slice(2));
    entry.resume();
  }
  return names;
}
