import { sumOf } from '../rules/group-by.ts';
import { comparedImage } from './compare-images.ts';
import { comparedLayer, layerIdentity } from './compare-layers.ts';
import type { ImageFacts, LayerFacts } from './image-facts.ts';
import type { Sharing } from './sharing.ts';

interface DistinctLayer {
  readonly layer: LayerFacts;
  readonly images: Set<number>;
}

/** Which layers several images share, and what each has alone. */
export function compareSharing(images: readonly ImageFacts[]): Sharing {
  const distinct = new Map<string, DistinctLayer>();
  // What nothing tells is no other image's layer.
  const keyOf = (layer: LayerFacts, image: number): string => layerIdentity(layer) ?? `${image}/${layer.index}`;
  for (const [image, { layers }] of images.entries()) {
    for (const layer of layers) {
      const key = keyOf(layer, image);
      const known = distinct.get(key);
      if (known === undefined) distinct.set(key, { layer, images: new Set([image]) });
      else known.images.add(image);
    }
  }
  const spared = ({ layer, images: having }: DistinctLayer): number => layer.sizeBytes * (having.size - 1);
  const all = [...distinct.values()].sort((a, b) => spared(b) - spared(a) || b.layer.sizeBytes - a.layer.sizeBytes);
  return {
    images: images.map((facts, at) => {
      const alone = facts.layers.filter((layer) => distinct.get(keyOf(layer, at))?.images.size === 1);
      const uniqueBytes = sumOf(alone, ({ sizeBytes: bytes }) => bytes);
      const { sizeBytes } = facts.image;
      return { ...comparedImage(facts), sizeBytes, uniqueBytes, sharedBytes: sizeBytes - uniqueBytes };
    }),
    layers: all.map(({ layer, images: having }) => {
      const { index: _, line: __, ...told } = comparedLayer(layer);
      return { ...told, images: [...having] };
    }),
    totalBytes: sumOf(distinct.values(), ({ layer }) => layer.sizeBytes),
    sumBytes: sumOf(images, ({ image }) => image.sizeBytes),
  };
}
