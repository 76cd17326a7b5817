import type { ComparedLayer, Comparison } from './comparison.ts';
import type { LayerFacts } from './image-facts.ts';
import { stepText } from './step-words.ts';

/** Places of a layer in the old and in the new image. */
export interface LayerPair {
  readonly old: number;
  readonly new: number;
}

/** What a layer is known by in other images: its content, or the blob where nobody tells that; null: by nothing. */
export function layerIdentity({ diffId, digest }: Pick<LayerFacts, 'diffId' | 'digest'>): string | null {
  return diffId ?? digest;
}

/** Pairs the same layers, in the order of the new image. One that is there several times is paired as often as both have it. */
export function pairShared(old: readonly LayerFacts[], now: readonly LayerFacts[]): LayerPair[] {
  const places = new Map<string, number[]>();
  for (let at = old.length - 1; at >= 0; at--) {
    const layer = old[at];
    const identity = layer === undefined ? null : layerIdentity(layer);
    if (identity === null) continue;
    const known = places.get(identity);
    if (known === undefined) places.set(identity, [at]);
    else known.push(at);
  }
  return now.flatMap((layer, at) => {
    const place = places.get(layerIdentity(layer) ?? '')?.pop();
    return place === undefined ? [] : [{ old: place, new: at }];
  });
}

/** Which layers both images have, and which only one. */
export function compareLayers(old: readonly LayerFacts[], now: readonly LayerFacts[]): Comparison['layers'] {
  const pairs = pairShared(old, now);
  const inOld = new Set(pairs.map((pair) => pair.old));
  const inNew = new Map(pairs.map((pair) => [pair.new, pair.old]));
  return {
    shared: now.flatMap((layer, at) => {
      const place = inNew.get(at);
      return place === undefined ? [] : [{ ...comparedLayer(layer), oldIndex: old[place]?.index ?? place }];
    }),
    added: now.filter((_, at) => !inNew.has(at)).map(comparedLayer),
    removed: old.filter((_, at) => !inOld.has(at)).map(comparedLayer),
  };
}

export function comparedLayer(layer: LayerFacts): ComparedLayer {
  const { index, diffId, digest, sizeBytes, compressedBytes, instruction } = layer;
  const line = instruction?.startLine ?? null;
  return { index, diffId, digest, sizeBytes, compressedBytes, line, step: stepText(layer) };
}
