import { compareLayers } from './compare-layers.ts';
import type { Change, ComparedImage, Comparison, FileChanges } from './comparison.ts';
import type { ImageFacts } from './image-facts.ts';
import { lineGrowth } from './line-growth.ts';
import { pullOf } from './pull.ts';

/** Two images side by side. @param files null where one of them is a saved report */
export function compareImages(old: ImageFacts, now: ImageFacts, files: FileChanges | null): Comparison {
  return {
    old: comparedImage(old),
    new: comparedImage(now),
    size: change(old.image.sizeBytes, now.image.sizeBytes),
    compressed: changeOrNull(old.image.compressedBytes, now.image.compressedBytes),
    own: changeOrNull(old.image.ownBytes, now.image.ownBytes),
    base: changeOrNull(old.image.baseBytes, now.image.baseBytes),
    wasted: change(old.waste.bytes, now.waste.bytes),
    fileCount: change(old.image.fileCount, now.image.fileCount),
    layers: compareLayers(old.layers, now.layers),
    lines: lineGrowth(old.layers, now.layers),
    pull: pullOf(old.layers, now.layers),
    files,
  };
}

export function comparedImage({ image }: ImageFacts): ComparedImage {
  const { reference, manifestDigest, configDigest, layerCount } = image;
  return { reference, manifestDigest, configDigest, layerCount };
}

function change(old: number, now: number): Change {
  return { old, new: now, change: now - old };
}

function changeOrNull(old: number | null, now: number | null): Change | null {
  return old === null || now === null ? null : change(old, now);
}
