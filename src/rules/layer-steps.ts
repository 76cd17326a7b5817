import type { Dockerfile, Instruction } from '../dockerfile/dockerfile.ts';
import { type HistoryStep, parseHistoryStep } from '../dockerfile/history-step.ts';
import type { HistoryEntry } from '../image/config.ts';
import type { Layer } from '../image/image.ts';
import type { MappedLayer, Mapping } from '../dockerfile/mapping.ts';
import { instructionSummary } from '../dockerfile/rebuild.ts';
import type { LayerStep } from './rule.ts';

/** As much of a step as a sentence bears. */
const shownLength = 48;

/** What rules are told of each layer's step. */
export function layerSteps(mapping: Mapping, layers: readonly Layer[]): LayerStep[] {
  return mapping.layers.map((layer, at) => {
    const step = stepOf(mapping, layer, layers[at]?.history ?? null);
    const keyword = layer.instruction?.keyword ?? step?.keyword ?? null;
    const text = step === null ? '' : instructionSummary(step);
    const shown = text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text;
    const where = layer.instruction === null ? `layer ${at}` : `line ${layer.instruction.startLine}`;
    return {
      keyword,
      origin: layer.origin,
      shortPlace: where,
      place: shown === '' ? where : `${where} (${shown})`,
      copiesFrom: keyword === 'COPY' || keyword === 'ADD' ? copySource(layer, mapping.dockerfile) : null,
    };
  });
}

/** The step of a layer; where history and layers differ in number, what stands at its place. */
function stepOf({ steps }: Mapping, { step }: MappedLayer, history: HistoryEntry | null): HistoryStep | null {
  if (step !== null) return steps[step]?.step ?? null;
  return history === null ? null : parseHistoryStep(history);
}

function copySource({ instruction }: MappedLayer, dockerfile: Dockerfile | null): LayerStep['copiesFrom'] {
  const found = instruction === null || dockerfile === null ? null : instructionAt(dockerfile, instruction.startLine);
  if (found === null) return 'unknown';
  return found.flags.some(({ name }) => name === 'from') ? 'stage' : 'context';
}

/** The instruction that starts at a line; for a trigger, the ONBUILD that keeps it. */
export function instructionAt({ stages }: Dockerfile, startLine: number): Instruction | null {
  for (const { instructions } of stages)
    for (const instruction of instructions) if (instruction.startLine === startLine) return instruction;
  return null;
}
