import { problem } from '../errors.ts';
import { formatPlatform } from '../image/platform.ts';
import type { BlobStore } from './blob-store.ts';
import { type CatalogImage, CatalogReader, type PlatformImage } from './catalog-reader.ts';

/** Reads which images a store holds, from index.json, manifest.json, or both. @throws LayerscopeError `not-an-image` */
export function readCatalog(store: BlobStore): CatalogImage[] {
  const reader = new CatalogReader(store);
  const oci = store.has('index.json') ? reader.ociImages() : [];
  const docker = store.has('manifest.json') ? reader.dockerImages() : [];
  const images = merge(group(oci), group(docker));
  if (images.length > 0) return images;
  const named = ['index.json', 'manifest.json'].filter((name) => store.has(name));
  const found = named.length === 0 ? 'neither is there' : `${named.join(' and ')} list no image that is complete`;
  throw problem('not-an-image', { path: store.path, found });
}

/**
 * Entries with the same name are platforms of one image, and so are nameless ones, if their platforms differ (that is
 * how several tools write a multi-platform layout).
 */
function group(images: readonly CatalogImage[]): CatalogImage[] {
  const groups: { names: readonly string[]; platforms: PlatformImage[] }[] = [];
  const byName = new Map<string, { at: number; platforms: Set<string> }[]>();
  for (const { names, platforms } of images) {
    if (platforms.length === 0) continue;
    const keys = platforms.map(({ platform }) => formatPlatform(platform));
    const key = JSON.stringify(names);
    const namesakes = byName.get(key) ?? [];
    byName.set(key, namesakes);
    const other = namesakes.find((one) => !keys.some((platform) => one.platforms.has(platform)));
    if (other === undefined)
      namesakes.push({ at: groups.push({ names, platforms: [...platforms] }) - 1, platforms: new Set(keys) });
    else {
      for (const platform of keys) other.platforms.add(platform);
      groups[other.at]?.platforms.push(...platforms);
    }
  }
  return groups;
}

/** Docker 25 and later write both: the index knows digests and media types, manifest.json the tags. */
function merge(oci: readonly CatalogImage[], docker: readonly CatalogImage[]): CatalogImage[] {
  const merged = [...oci];
  const places = new Map(oci.flatMap(({ platforms }, at) => platforms.map(({ config }) => [config, at])));
  for (const image of docker) {
    const at = image.platforms.map(({ config }) => places.get(config)).find((place) => place !== undefined);
    const same = at === undefined ? undefined : merged[at];
    if (at === undefined || same === undefined) merged.push(image);
    else merged[at] = { ...same, names: [...new Set([...image.names, ...same.names])] };
  }
  return merged;
}
