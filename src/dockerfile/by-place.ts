import type { TargetChain } from './chain.ts';
import type { HistoryStep } from './history-step.ts';

/**
 * The instruction of each own layer by nothing but its place: only where no layer's history says what it is, and where
 * the Dockerfile has as many instructions that make layers. Null where that is not so.
 *
 * @param layers the own layers' steps, null where the history has none
 */
export function instructionsByPlace(layers: readonly (HistoryStep | null)[], { steps }: TargetChain): number[] | null {
  if (layers.length === 0 || layers.some((step) => step !== null && !saysNothing(step))) return null;
  const making = steps.flatMap(({ expected }, at) => (expected.buildkit.makesLayer ? [at] : []));
  const files = making.filter((at) => steps[at]?.command.keyword !== 'WORKDIR');
  // A WORKDIR makes a layer with some builders only.
  return [making, files].find(({ length }) => length === layers.length) ?? null;
}

function saysNothing({ keyword, text, builder }: HistoryStep): boolean {
  return keyword === null && text === '' && builder === 'unknown';
}
