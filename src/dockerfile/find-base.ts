import type { HistoryEntry, ImageConfig } from '../image/config.ts';
import type { Attempt } from './attempt.ts';
import { baseLayersFromConfig, layersOfMarkedBase, ownFromBuildah } from './base-boundary.ts';
import type { HistoryStep } from './history-step.ts';
import type { BaseEvidence } from './mapping.ts';

/** Where the base image ends. */
export interface Base {
  readonly layers: number | null;
  /** The first step in the history that is not the base image's; null where that is not known. */
  readonly ownFrom: number | null;
  readonly evidence: BaseEvidence;
}

const unknownBase: Base = { layers: null, ownFrom: null, evidence: 'none' };

/** What is known without the Dockerfile. */
export function knownBase(
  config: ImageConfig,
  steps: readonly HistoryStep[],
  attestedBase: number | null,
  baseConfig: ImageConfig | null,
): Base {
  const { history } = config;
  if (attestedBase !== null) {
    return { layers: attestedBase, ownFrom: stepAfter(history, attestedBase), evidence: 'provenance' };
  }
  const given = baseConfig === null ? null : baseLayersFromConfig(config, baseConfig);
  if (baseConfig !== null && given !== null) {
    const same = baseConfig.history.every(({ createdBy }, at) => createdBy === history[at]?.createdBy);
    const ownFrom = same ? baseConfig.history.length : stepAfter(history, given);
    return { layers: given, ownFrom, evidence: 'base-config' };
  }
  const ownFrom = ownFromBuildah(history, steps);
  if (ownFrom === null) return unknownBase;
  return { layers: layersBefore(history, ownFrom), ownFrom, evidence: 'buildah-comment' };
}

/** What the Dockerfile adds: the chain covers the end of the history, or starts from nothing. */
export function baseOfDockerfile(known: Base, attempt: Attempt | null, { history }: ImageConfig): Base {
  if (known.evidence !== 'none' || attempt === null) return known;
  const { chain, mapping } = attempt;
  const fromScratch = chain.base.kind === 'scratch' && mapping.pairs.length > 0;
  const ownFrom = mapping.fitsFrom ?? (fromScratch ? 0 : null);
  if (ownFrom === null) return unknownBase;
  return { layers: layersBefore(history, ownFrom), ownFrom, evidence: 'dockerfile' };
}

/** Without anything better, a distribution's mark tells that the layers up to it are the base's, and no more. */
export function markedLayers(base: Base, { history }: ImageConfig): number | null {
  return base.evidence === 'none' ? layersOfMarkedBase(history) : null;
}

function stepAfter(history: readonly HistoryEntry[], layers: number): number | null {
  if (layers === 0) return 0;
  const making = history.flatMap(({ emptyLayer }, at) => (emptyLayer ? [] : [at]));
  const last = making[layers - 1];
  return last === undefined ? null : last + 1;
}

function layersBefore(history: readonly HistoryEntry[], step: number): number {
  return history.slice(0, step).filter(({ emptyLayer }) => !emptyLayer).length;
}
