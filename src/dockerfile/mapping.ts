import type { Oddity } from '../warnings.ts';
import type { Dockerfile, LineRange } from './dockerfile.ts';
import type { HistoryStep } from './history-step.ts';
import type { Builder } from './step-record.ts';

/**
 * How sure a line is: `exact`, the builder's record or its provenance says so; `normalized`, the record is equal after a
 * normalisation (a hash for COPY's sources, a trailing slash); `positional`, only the place in the order says so.
 */
export type Confidence = 'exact' | 'normalized' | 'positional';

export interface MappedInstruction extends LineRange {
  /** The stage's name, or its number where it has none. */
  readonly stage: string;
  /** What was done: for a trigger of ONBUILD, what that keeps. */
  readonly keyword: string;
  /** As written. */
  readonly text: string;
  readonly confidence: Confidence;
}

export interface MappedStep {
  readonly step: HistoryStep;
  readonly layer: number | null;
  readonly instruction: MappedInstruction | null;
}

export interface MappedLayer {
  readonly origin: 'base' | 'own' | 'unknown';
  /** Index into the history; null where it has no entry for the layer. */
  readonly step: number | null;
  readonly instruction: MappedInstruction | null;
}

/** What told where the base image ends. */
export type BaseEvidence = 'provenance' | 'base-config' | 'buildah-comment' | 'dockerfile' | 'marker' | 'none';

export interface Mapping {
  readonly builder: Builder;
  /** The Dockerfile that lines refer to; null where there is none at all. */
  readonly dockerfile: Dockerfile | null;
  readonly layers: readonly MappedLayer[];
  readonly steps: readonly MappedStep[];
  /** Layers of the base image, null where nobody can tell. */
  readonly baseLayers: number | null;
  readonly evidence: BaseEvidence;
  /** Layers that are not known to be the base's and have no line. */
  readonly unmatchedLayers: number;
  /** Instructions that can make a layer and have no step: the file was edited, or is another one. */
  readonly unmatchedInstructions: number;
  readonly oddities: readonly Oddity[];
}
