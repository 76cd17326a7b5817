import type { HistoryEntry, ImageConfig } from '../image/config.ts';
import type { HistoryStep } from './history-step.ts';

/** The history's entries that make layers, as indices, the lowest first; null where they do not fit the layers. */
export function layerSteps({ history, diffIds }: ImageConfig): readonly number[] | null {
  const making = history.flatMap(({ emptyLayer }, at) => (emptyLayer ? [] : [at]));
  return making.length === diffIds.length ? making : null;
}

/** Layers of a base image whose own configuration is known; null where it is not this image's base. */
export function baseLayersFromConfig(config: ImageConfig, base: ImageConfig): number | null {
  if (base.diffIds.length > config.diffIds.length) return null;
  const same = base.diffIds.every((diffId, at) => diffId === config.diffIds[at]);
  return same ? base.diffIds.length : null;
}

/**
 * The first entry that buildah made after `FROM <reference>`, told by its comment: later steps start from an image's
 * number. An image that buildah made from scratch has none, and is its own from the start.
 */
export function ownFromBuildah(history: readonly HistoryEntry[], steps: readonly HistoryStep[]): number | null {
  const named = history.findLastIndex(
    ({ comment }, at) => steps[at]?.builder === 'buildah' && /^FROM (?![a-f0-9]{12,64}$)\S/.test(comment),
  );
  if (named !== -1) return named;
  return steps.length > 0 && steps.every(({ builder }) => builder === 'buildah') ? 0 : null;
}

/** Entries that make a distribution's root filesystem: debuerreotype, Alpine, Fedora, busybox and their like. */
export function layersOfMarkedBase(history: readonly HistoryEntry[]): number | null {
  const marked = history.findLastIndex(isDistribution);
  return marked === -1 ? null : history.slice(0, marked + 1).filter(({ emptyLayer }) => !emptyLayer).length;
}

function isDistribution({ comment, createdBy }: HistoryEntry): boolean {
  return (
    comment.startsWith('debuerreotype ') ||
    createdBy.startsWith('# debian.sh ') ||
    /^ADD [\w.-]*(?:rootfs|minirootfs)[\w.-]*\.tar[.\w]* \/ # buildkit$/.test(createdBy.slice(0, 300)) ||
    comment.startsWith('Imported from ')
  );
}
