import { type Union, UnionBuilder } from '../filesystem/union.ts';
import { hostPlatform, parsePlatform } from '../image/platform.ts';
import { parseReference } from '../image/reference.ts';
import type { ContentDigests } from '../layer/content-digests.ts';
import { indexLayers, type IndexWatcher } from '../layer/index-layers.ts';
import type { LayerIndex } from '../layer/layer-index.ts';
import type { ReadableLayer } from '../layer/read-contents.ts';
import type { ScannedBlob } from '../layer/scan-blob.ts';
import type { ScanThread } from '../layer/scan-pool.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import { onceOnly, openImage } from '../sources/open-image.ts';
import { createSpool } from '../sources/spool.ts';
import type { Host } from './host.ts';
import { interruptible } from './interrupt.ts';

/** What every command that reads an image wants to know. */
export interface ImageOptions {
  readonly image: string;
  readonly platform: string | undefined;
  readonly verify: boolean;
}

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

/**
 * Opens, indexes and stacks an image: each layer as soon as it and all below it are read.
 * @param copy file that holds what came from standard input or a pipe, if it was kept
 * @throws LayerscopeError
 */
export async function loadImage(
  host: Host,
  options: ImageOptions,
  watcher: LoadWatcher,
  copy: string | null = null,
): Promise<LoadedImage> {
  const opened = await openImage(parseReference(options.image), {
    platform: options.platform === undefined ? null : parsePlatform(options.platform),
    host: hostPlatform(host),
    stdin: host.stdin,
    copy,
    verify: options.verify,
    onProgress: watcher.onProgress,
  });
  watcher.onOpened?.(opened);
  const { contents, image } = opened;
  const builder = new UnionBuilder();
  const waiting: (LayerIndex | undefined)[] = [];
  let stacked = 0;
  const { thread = 'any' } = watcher;
  const scanned = await indexLayers(
    { layers: image.layers, contents, verify: options.verify, thread },
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
}

/**
 * Loads an image whose content will be read again. What standard input or a named pipe gives cannot be, so it goes to a
 * temporary file first, which is gone when `use` is done, however that ends.
 */
export async function withContent<Result>(
  host: Host,
  options: ImageOptions,
  watcher: LoadWatcher,
  use: (loaded: LoadedImage) => Promise<Result>,
): Promise<Result> {
  const source = onceOnly(parseReference(options.image), host.stdin);
  if (source === null) return use(await loadImage(host, options, watcher));
  const copy = createSpool();
  return interruptible(host, copy.remove, async () => {
    try {
      await copy.fill(source, watcher.onProgress);
      return await use(await loadImage(host, options, watcher, copy.file));
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
  return { what: `layer ${layer}`, content, compression: blob.compression, index: blob.index };
}
