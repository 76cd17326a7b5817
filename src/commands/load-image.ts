import { type Union, UnionBuilder } from '../filesystem/union.ts';
import { cacheDirectory } from '../index-cache/cache-directory.ts';
import { openIndexCache } from '../index-cache/index-cache.ts';
import { hostPlatform, parsePlatform } from '../image/platform.ts';
import { parseReference } from '../image/reference.ts';
import type { ContentDigests } from '../layer/content-digests.ts';
import { indexLayers, type IndexWatcher } from '../layer/index-layers.ts';
import type { KnownLayers } from '../layer/known-layers.ts';
import type { LayerIndex } from '../layer/layer-index.ts';
import type { ReadableLayer } from '../layer/read-contents.ts';
import type { ScannedBlob } from '../layer/scan-blob.ts';
import type { ScanThread } from '../layer/scan-pool.ts';
import type { RegistryOptions } from '../registry/registry-client.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import { findImage, type FoundImage } from '../sources/find-image.ts';
import { inCopy, onceOnly } from '../sources/locate.ts';
import { openImage } from '../sources/open-image.ts';
import type { PlatformWish } from '../sources/select.ts';
import { createSpool } from '../sources/spool.ts';
import type { Host } from './host.ts';
import { interruptible } from './interrupt.ts';
import type { ImageArguments } from './options.ts';
import { registryAccess } from './registry-access.ts';

/** What every command that reads an image wants to know. */
export type ImageOptions = Omit<ImageArguments, 'quiet'>;

/** An image with its layers indexed and stacked. */
export interface LoadedImage extends OpenedImage {
  readonly scanned: readonly ScannedBlob[];
  readonly union: Union;
  /** By layer; filled as questions come up. */
  readonly digests: readonly ContentDigests[];
}

/** What is told while an image is loaded. */
export interface LoadWatcher extends IndexWatcher {
  /** Where layers are read. */
  readonly thread?: ScanThread;
  /** The image is known, its layers are not read yet. */
  readonly onOpened?: (opened: OpenedImage) => void;
  /** The layers so far are stacked. */
  readonly onStacked?: (union: Union) => void;
}

/** Opens, indexes and stacks an image: each layer as soon as it and all below it are read. @throws LayerscopeError */
export async function loadImage(host: Host, options: ImageOptions, watcher: LoadWatcher): Promise<LoadedImage> {
  const request = await findRequested(host, options);
  return load(request, watcher);
}

/** An image that was found, and how to open it. */
interface Request {
  readonly found: FoundImage;
  readonly platform: PlatformWish;
  readonly registry: RegistryOptions;
  readonly verify: boolean;
  /** What is known of the layers of registries; null if that is not asked. */
  readonly known: KnownLayers | null;
}

async function findRequested(host: Host, options: ImageOptions): Promise<Request> {
  const wanted = options.platform === undefined ? null : parsePlatform(options.platform);
  const reference = parseReference(options.image);
  const registry = await registryAccess(host, options, reference);
  const { env, stdin, platform: system } = host;
  const found = await findImage(reference, { env, stdin, system, platform: wanted });
  const usesCache = found.from === 'registry' && options['index-cache'];
  const known = usesCache ? openIndexCache(cacheDirectory(host.env, host.platform)) : null;
  return { found, platform: { wanted, host: hostPlatform(host) }, registry, verify: options.verify, known };
}

/** Opens an image, whose layers are read by nobody; whoever asked for it closes it. @throws LayerscopeError */
export async function openRequested(
  host: Host,
  options: ImageOptions,
  { onProgress }: Pick<LoadWatcher, 'onProgress'>,
): Promise<OpenedImage> {
  const request = await findRequested(host, options);
  return openImage(request.found, { ...request, onProgress });
}

async function load(request: Request, watcher: LoadWatcher): Promise<LoadedImage> {
  const { verify, known } = request;
  const opened = await openImage(request.found, { ...request, onProgress: watcher.onProgress });
  try {
    watcher.onOpened?.(opened);
    const { contents, image } = opened;
    const builder = new UnionBuilder();
    const waiting: (LayerIndex | undefined)[] = [];
    let stacked = 0;
    const { thread = 'any' } = watcher;
    const scanned = await indexLayers(
      { layers: image.layers, contents, verify, thread, known },
      {
        ...watcher,
        onIndexed: (layer, blob) => {
          watcher.onIndexed?.(layer, blob);
          waiting[layer] = blob.index;
          const before = stacked;
          for (let index = waiting[stacked]; index !== undefined; index = waiting[++stacked]) builder.add(index);
          if (stacked > before) watcher.onStacked?.(builder.union());
        },
      },
    );
    return { ...opened, scanned, union: builder.union(), digests: scanned.map(({ digests }) => digests) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/**
 * Loads an image whose content will be read again. What can be had only once (standard input, a named pipe, an engine's
 * export) goes to a temporary file first, which is gone when `use` is done, however that ends.
 */
export async function withContent<Result>(
  host: Host,
  options: ImageOptions,
  watcher: LoadWatcher,
  use: (loaded: LoadedImage) => Promise<Result>,
): Promise<Result> {
  const request = await findRequested(host, options);
  const { found } = request;
  const source = found.from === 'archive' ? onceOnly(found.archive) : null;
  if (found.from !== 'archive' || source === null) return use(await load(request, watcher));
  const copy = createSpool();
  return interruptible(host, copy.remove, async () => {
    try {
      await copy.fill(source, watcher.onProgress);
      const archive = inCopy(found.archive, copy.file);
      return await use(await load({ ...request, found: { from: 'archive', archive } }, watcher));
    } finally {
      copy.remove();
    }
  });
}

/** A layer of a loaded image, for its content to be read. */
export function readableLayer({ contents, scanned }: LoadedImage, layer: number): ReadableLayer {
  const content = contents[layer] ?? { kind: 'absent' };
  const blob = scanned[layer];
  if (blob === undefined) throw new RangeError(`layer ${layer}`);
  const { compression, index, chunks } = blob;
  return { what: `layer ${layer}`, content, compression, index, chunks };
}
