import { layerIdentity } from './compare-layers.ts';
import type { Pull } from './comparison.ts';
import type { LayerFacts } from './image-facts.ts';

/** What a host that has the old image fetches for the new one. */
export function pullOf(old: readonly LayerFacts[], now: readonly LayerFacts[]): Pull {
  const there = new Set(old.map(layerIdentity));
  const same = (layer: LayerFacts, other: LayerFacts | undefined): boolean => {
    const identity = layerIdentity(layer);
    return identity !== null && other !== undefined && identity === layerIdentity(other);
  };
  const firstOther = now.findIndex((layer, at) => !same(layer, old[at]));
  return {
    ...fetched(now.filter((layer) => layerIdentity(layer) === null || !there.has(layerIdentity(layer)))),
    chain: fetched(firstOther === -1 ? [] : now.slice(firstOther)),
  };
}

/** A blob that is in an image several times is fetched once. */
function fetched(layers: readonly LayerFacts[]): Pull['chain'] {
  const distinct = [...new Map(layers.map((layer) => [layerIdentity(layer) ?? layer.index, layer])).values()];
  const sum = (bytesOf: (layer: LayerFacts) => number | null): number | null =>
    distinct.map(bytesOf).reduce((total, bytes) => (total === null || bytes === null ? null : total + bytes), 0);
  return {
    layers: distinct.length,
    compressedBytes: sum(({ compressedBytes }) => compressedBytes),
    tarBytes: sum(({ tarBytes }) => tarBytes),
  };
}
