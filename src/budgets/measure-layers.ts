import type { ImageFacts, LayerFacts } from '../comparison/image-facts.ts';
import type { Fraction, Metric, Subject } from './budget.ts';
import { fraction, fromNumber } from './fraction.ts';
import { layerGroups } from './layer-groups.ts';
import type { Measurement } from './measures.ts';

/** What of a layer is measured, in bytes and files: the layer as a whole, or what some paths have of it. */
export interface LayerSums {
  readonly sizeBytes: number;
  readonly wastedBytes: number;
  readonly fileCount: number;
}

/** Measures an image by its layers. @param sumsOf what of a layer counts */
export function measureLayers(
  { layers, compat }: Pick<ImageFacts, 'layers' | 'compat'>,
  subject: Subject,
  sumsOf: (layer: LayerFacts) => LayerSums = (layer) => layer,
): Measurement {
  const { metric } = subject;
  if (metric === 'efficiency') return one(fromNumber(compat.dive.efficiencyScore));
  const groups = layerGroups(layers, subject);
  if (typeof groups === 'string') return { kind: 'unknown', reason: groups };
  const parts = groups.map(({ layers: group, ...rest }) => ({ value: valueOf(metric, group, sumsOf), ...rest }));
  const lost = parts.map(({ value }) => value).find((value) => typeof value === 'string');
  if (lost !== undefined) return { kind: 'unknown', reason: lost };
  const [first, ...others] = parts.flatMap(({ value, ...rest }) =>
    typeof value === 'string' ? [] : [{ value, ...rest }],
  );
  // An image without layers has nothing in any of them.
  return first === undefined ? one(fraction(0)) : { kind: 'known', parts: [first, ...others] };
}

function one(value: Fraction): Measurement {
  return { kind: 'known', parts: [{ value, layer: null, culprit: null }] };
}

/** The value of some layers together; or why there is none. */
function valueOf(
  metric: Exclude<Metric, 'efficiency'>,
  layers: readonly LayerFacts[],
  sumsOf: (layer: LayerFacts) => LayerSums,
): Fraction | string {
  const sum = (of: (sums: LayerSums) => number): number =>
    layers.reduce((total, layer) => total + of(sumsOf(layer)), 0);
  switch (metric) {
    case 'size':
      return fraction(sum(({ sizeBytes }) => sizeBytes));
    case 'wasted':
      return fraction(sum(({ wastedBytes }) => wastedBytes));
    case 'wastedPercent': {
      const size = sum(({ sizeBytes }) => sizeBytes);
      return size === 0 ? fraction(0) : fraction(100n * BigInt(sum(({ wastedBytes }) => wastedBytes)), size);
    }
    case 'files':
      return fraction(sum(({ fileCount }) => fileCount));
    case 'layers':
      return fraction(layers.length);
    case 'compressed':
      return compressedSize(layers);
  }
}

function compressedSize(layers: readonly LayerFacts[]): Fraction | string {
  let bytes = 0;
  for (const { index, compressedBytes } of layers) {
    if (compressedBytes === null)
      return `nobody can tell the compressed size: layer ${index} is not compressed where it was read; judge the image in a registry, or in an archive or a layout with compressed layers`;
    bytes += compressedBytes;
  }
  return fraction(bytes);
}
