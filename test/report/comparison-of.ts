import type { Comparison, LineGrowth } from '../../src/comparison/comparison.ts';

/** A comparison of which the lines alone matter. */
export function comparisonOf(...lines: readonly LineGrowth[]): Comparison {
  const image = { reference: 'old', manifestDigest: null, configDigest: 'sha256:0', layerCount: 1 };
  const change = { old: 0, new: 0, change: 0 };
  const pull = { layers: 0, compressedBytes: null, tarBytes: null };
  return {
    old: image,
    new: image,
    size: change,
    compressed: null,
    own: null,
    base: null,
    wasted: change,
    fileCount: change,
    layers: { shared: [], added: [], removed: [] },
    lines,
    pull: { podman: pull, containerd: pull, docker: pull },
    files: null,
  };
}

/** A line of the Dockerfile that grew. @param startLine null for the base image, which has none */
export function grownLine(change: number, startLine: number | null, kind: LineGrowth['kind'] = 'same'): LineGrowth {
  const location = startLine === null ? null : { file: 'Dockerfile', startLine, endLine: startLine };
  const bytes = { oldLayers: [0], newLayers: [0], oldBytes: 0, newBytes: change, change };
  return { kind, location, stage: null, text: 'COPY a /', ...bytes };
}
