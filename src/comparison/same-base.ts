import { layerIdentity } from './compare-layers.ts';
import type { ImageFacts, LayerFacts } from './image-facts.ts';
import { sameStep, stepWords } from './step-words.ts';

/**
 * Where nobody can tell the base image of one image, another one that was built like it may: they have the same base if all
 * layers of it are the same, and the first step upon them is. Without the step, a base that was larger would pass for it.
 */
export function withSameBase(facts: ImageFacts, other: ImageFacts): ImageFacts {
  const { layers } = facts;
  if (layers.every(({ origin }) => origin !== 'unknown')) return facts;
  const count = other.layers.findIndex(({ origin }) => origin !== 'base');
  const [first, otherFirst] = [layers[count], other.layers[count]];
  if (count < 1 || first === undefined || otherFirst?.origin !== 'own') return facts;
  if (!layers.slice(0, count).every((layer, at) => isSame(layer, other.layers[at]))) return facts;
  const numbers = new Map<string, number>();
  if (!isSame(first, otherFirst) && !sameStep(stepWords(first, numbers), stepWords(otherFirst, numbers))) return facts;
  return withBase(facts, count);
}

function isSame(layer: LayerFacts, other: LayerFacts | undefined): boolean {
  const identity = layerIdentity(layer);
  return other !== undefined && identity !== null && identity === layerIdentity(other);
}

function withBase(facts: ImageFacts, count: number): ImageFacts {
  const layers = facts.layers.map((layer, at) => ({
    ...layer,
    origin: at < count ? ('base' as const) : ('own' as const),
  }));
  const sum = (origin: 'base' | 'own', of: (layer: LayerFacts) => number): number =>
    layers.reduce((bytes, layer) => bytes + (layer.origin === origin ? of(layer) : 0), 0);
  const size = ({ sizeBytes }: LayerFacts): number => sizeBytes;
  const wasted = ({ wastedBytes }: LayerFacts): number => wastedBytes;
  return {
    ...facts,
    layers,
    image: { ...facts.image, baseBytes: sum('base', size), ownBytes: sum('own', size) },
    waste: { ...facts.waste, own: { bytes: sum('own', wasted) }, base: { bytes: sum('base', wasted) } },
  };
}
