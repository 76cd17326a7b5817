import { buildUnion, type Union } from '../filesystem/union.ts';
import { hostPlatform, parsePlatform } from '../image/platform.ts';
import { parseReference } from '../image/reference.ts';
import type { ContentDigests } from '../layer/content-digests.ts';
import { indexLayers } from '../layer/index-layers.ts';
import type { ReadableLayer } from '../layer/read-contents.ts';
import type { ScannedBlob } from '../layer/scan-blob.ts';
import type { OnProgress } from '../progress.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import { openImage } from '../sources/open-image.ts';
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

/**
 * Opens, indexes and stacks an image. @param copy file that holds what came from standard input, if it was kept
 * @throws LayerscopeError
 */
export async function loadImage(
  host: Host,
  options: ImageOptions,
  onProgress: OnProgress,
  copy: string | null = null,
): Promise<LoadedImage> {
  const opened = await openImage(parseReference(options.image), {
    platform: options.platform === undefined ? null : parsePlatform(options.platform),
    host: hostPlatform(host),
    stdin: host.stdin,
    stdinCopy: copy,
    verify: options.verify,
    onProgress,
  });
  const { contents, image } = opened;
  const scanned = await indexLayers({ layers: image.layers, contents, verify: options.verify }, onProgress);
  const union = buildUnion(scanned.map(({ index }) => index));
  return { ...opened, scanned, union, digests: scanned.map(({ digests }) => digests) };
}

/**
 * Loads an image whose content will be read again. Standard input cannot be, so it goes to a temporary file first, which
 * is gone when `use` is done, however that ends.
 */
export async function withContent<Result>(
  host: Host,
  options: ImageOptions,
  onProgress: OnProgress,
  use: (loaded: LoadedImage) => Promise<Result>,
): Promise<Result> {
  const reference = parseReference(options.image);
  if (reference.from === 'path') return use(await loadImage(host, options, onProgress));
  const copy = createSpool();
  return interruptible(host, copy.remove, async () => {
    try {
      await copy.fill(host.stdin as AsyncIterable<Buffer>, onProgress);
      return await use(await loadImage(host, options, onProgress, copy.file));
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
