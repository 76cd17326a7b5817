import { type StepCost, type StepCosts, unknownCost } from '../cache/step-costs.ts';
import type { MappedInstruction, Mapping } from '../dockerfile/mapping.ts';
import type { HistoryEntry } from '../image/config.ts';
import { historySeconds } from './history-seconds.ts';

/**
 * What the steps of a Dockerfile cost, as an image tells that was built from it: the bytes of their layers, and the
 * seconds between the times in its history (`historySeconds`). A step that made no layer of the image, as one of another
 * stage, costs nobody knows what; one that makes none at all costs no bytes.
 *
 * @param layerBytes of regular files, by layer
 */
export function imageStepCosts(
  mapping: Mapping,
  history: readonly HistoryEntry[],
  layerBytes: readonly number[],
): StepCosts {
  const bytes = new Map<number, number>();
  const add = (line: number, more: number): Map<number, number> => bytes.set(line, (bytes.get(line) ?? 0) + more);
  for (const { step, layer, instruction } of mapping.steps)
    if (instruction !== null && layer === null && !step.producesLayer && !writesFiles(instruction))
      add(instruction.startLine, 0);
  mapping.layers.forEach(({ instruction }, layer) => {
    if (instruction !== null && writesFiles(instruction)) add(instruction.startLine, layerBytes[layer] ?? 0);
  });
  const costs = new Map([...bytes].map(([line, bytes]): [number, StepCost] => [line, { bytes, seconds: null }]));
  return withSeconds(costs, historySeconds(mapping, history));
}

/**
 * Whether a step makes a layer of its own. Where one of these has none, or another one has, several steps are one layer
 * (`buildah build` without --layers, kaniko's single snapshot), and nobody knows whose bytes are whose.
 */
function writesFiles({ keyword }: MappedInstruction): boolean {
  return keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD' || keyword === 'WORKDIR';
}

/** Costs with seconds that are known better: those of a log, which says itself what ran and how long. */
export function withSeconds(costs: StepCosts, seconds: ReadonlyMap<number, number>): StepCosts {
  const better = new Map(costs);
  for (const [line, value] of seconds) better.set(line, { ...(costs.get(line) ?? unknownCost), seconds: value });
  return better;
}
