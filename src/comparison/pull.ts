import { layerIdentity } from './compare-layers.ts';
import type { Pull, PullAmount } from './comparison.ts';
import type { LayerFacts } from './image-facts.ts';

/** What a host that has the old image fetches for the new one, by who keeps its images. */
export function pullOf(old: readonly LayerFacts[], now: readonly LayerFacts[]): Pull {
  const isThere = blobsOf(old);
  const lacking = now.filter((layer) => !isThere(layer));
  const unpacked = countWhile(now, (layer, at) => sameContent(layer, old[at]));
  const kept = countWhile(now, (layer, at) => sameBlob(layer, old[at]));
  return {
    podman: amountOf(lacking),
    containerd: amountOf(now.slice(unpacked).filter((layer) => !isThere(layer))),
    docker: amountOf(now.slice(kept)),
  };
}

/** A blob that is in an image several times is fetched once. */
function amountOf(layers: readonly LayerFacts[]): PullAmount {
  const distinct = [...new Map(layers.map((layer) => [layer.digest ?? layer.diffId ?? layer.index, layer])).values()];
  const sum = (bytesOf: (layer: LayerFacts) => number | null): number | null =>
    distinct
      .map(bytesOf)
      .reduce<number | null>((total, bytes) => (total === null || bytes === null ? null : total + bytes), 0);
  return {
    layers: distinct.length,
    compressedBytes: sum(({ compressedBytes }) => compressedBytes),
    tarBytes: sum(({ tarBytes }) => tarBytes),
  };
}

/** Tells whether any of the layers is the same blob. */
function blobsOf(layers: readonly LayerFacts[]): (layer: LayerFacts) => boolean {
  const blobs = new Set(layers.filter(isPushed).map(({ digest }) => digest));
  const contents = new Set(layers.map(layerIdentity));
  const unpushed = new Set(layers.filter((layer) => !isPushed(layer)).map(layerIdentity));
  return (layer) => {
    const identity = layerIdentity(layer);
    if (!isPushed(layer)) return identity !== null && contents.has(identity);
    return blobs.has(layer.digest) || unpushed.has(identity);
  };
}

function sameContent(one: LayerFacts, other: LayerFacts | undefined): boolean {
  const identity = layerIdentity(one);
  return identity !== null && other !== undefined && identity === layerIdentity(other);
}

function sameBlob(one: LayerFacts, other: LayerFacts | undefined): boolean {
  if (other === undefined) return false;
  return isPushed(one) && isPushed(other) ? one.digest === other.digest : sameContent(one, other);
}

/**
 * Whether a layer has the blob that registries give. One in an archive may have none yet: it will be compressed when it is
 * pushed, and where a layer of the same content has been pushed before, that blob is taken.
 */
function isPushed({ digest, compressedBytes }: LayerFacts): boolean {
  return digest !== null && compressedBytes !== null;
}

function countWhile(layers: readonly LayerFacts[], holds: (layer: LayerFacts, at: number) => boolean): number {
  const first = layers.findIndex((layer, at) => !holds(layer, at));
  return first === -1 ? layers.length : first;
}
