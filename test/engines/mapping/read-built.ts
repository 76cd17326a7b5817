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
  /** What the builder attests of it, and the layers by the names that it uses there. */
  readonly provenance: unknown;
  readonly layerDigests: readonly string[];
}

/**
 * All images of one `docker save`, by name: of the classic layout, or of one with `blobs/`. Layers that images share are
 * stored once, or linked to.
 */
export async function readDockerArchive(file: string): Promise<ReadonlyMap<string, Built>> {
  const files = new Map<string, Buffer>();
  const links = new Map<string, string>();
  const entries = createReadStream(file).pipe(extract());
  for await (const entry of entries) {
    const { name, type, linkname } = entry.header;
    if (type === 'symlink') links.set(name, posix.join(posix.dirname(name), linkname ?? ''));
    files.set(name, await buffer(entry));
  }
  const text = (name: string): string => files.get(name)?.toString() ?? '';
  const read = new Map<string, readonly string[]>();
  const layer = async (name: string): Promise<readonly string[]> => {
    const markers = read.get(name) ?? (await markersIn(files.get(name) ?? Buffer.alloc(0)));
    read.set(name, markers);
    return markers;
  };
  const manifest = JSON.parse(text('manifest.json')) as { Config: string; RepoTags: string[]; Layers: string[] }[];
  const images = new Map<string, Built>();
  for (const { Config, RepoTags, Layers } of manifest) {
    const layers: (readonly string[])[] = [];
    for (const name of Layers) layers.push(await layer(links.get(name) ?? name));
    for (const tag of RepoTags)
      images.set(tag, { config: parse(text(Config)), layers, provenance: null, layerDigests: [] });
  }
  return images;
}

interface Described {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An image of an OCI layout: the one with this tag, and with what BuildKit attests of it where there is that. */
export async function readLayoutImage(layout: string, tag: string | null): Promise<Built> {
  const blob = async (digest: string) => await readFile(join(layout, 'blobs', digest.replace(':', '/')));
  const json = async <T>(digest: string) => JSON.parse((await blob(digest)).toString()) as T;
  const index = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')) as { manifests: Described[] };
  const found = index.manifests.find(
    (each) => tag === null || each.annotations?.['org.opencontainers.image.ref.name'] === tag,
  );
  type Manifest = { manifests?: Described[]; config: Described; layers: Described[] };
  const top = await json<Manifest>(found?.digest ?? '');
  const [image, attestation] = top.manifests ?? [];
  const manifest = image === undefined ? top : await json<Manifest>(image.digest);
  const statement = attestation === undefined ? undefined : (await json<Manifest>(attestation.digest)).layers[0];
  const layers: (readonly string[])[] = [];
  for (const { digest } of manifest.layers) layers.push(await markersIn(await blob(digest)));
  return {
    config: parse((await blob(manifest.config.digest)).toString()),
    layers,
    provenance: statement === undefined ? null : await json(statement.digest),
    layerDigests: manifest.layers.map(({ digest }) => digest),
  };
}

function parse(text: string): ImageConfig {
  return v.parse(imageConfigSchema, JSON.parse(text));
}

async function markersIn(layer: Buffer): Promise<readonly string[]> {
  const names: string[] = [];
  const entries = extract();
  entries.end(layer.readUInt16BE(0) === 0x1f8b ? gunzipSync(layer) : layer);
  for await (const entry of entries) {
    const name = entry.header.name.replace(/\/$/, '');
    if (name.startsWith('m/')) names.push(name.slice(2));
    entry.resume();
  }
  return names;
}
