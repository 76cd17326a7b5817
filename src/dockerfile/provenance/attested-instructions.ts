import { alignCertainly } from '../align.ts';
import type { TargetChain } from '../chain.ts';
import type { LineRange } from '../dockerfile.ts';
import type { AttestedLayers } from './provenance.ts';

/**
 * The instruction of the present chain for each layer, as an index; null where the provenance has none.
 *
 * @param built the chain of the Dockerfile in the provenance, whose lines it names
 * @param present the chain of the Dockerfile as it is now; steps that are still the same are found again by their text
 */
export function attestedInstructions(
  { lines }: AttestedLayers,
  built: TargetChain,
  present: TargetChain,
): (number | null)[] {
  const nowAt = unchangedSteps(built, present);
  const triggers = triggersAtFrom(lines, built);
  return lines.map((places, layer) => {
    const trigger = triggers.get(layer);
    if (trigger !== undefined) return nowAt.get(trigger) ?? null;
    const found = [...new Set(places.flatMap((place) => stepsAt(built, place)))];
    // Stages that share a step are told apart by the chain: only one of its places is in it.
    const [step] = found;
    return found.length === 1 && step !== undefined ? (nowAt.get(step) ?? null) : null;
  });
}

/**
 * The steps of ONBUILD, by layer. BuildKit attests them where the FROM stands that sets them off: its layers are its
 * triggers', in order, if there are as many.
 */
function triggersAtFrom(lines: AttestedLayers['lines'], { steps }: TargetChain): ReadonlyMap<number, number> {
  const triggersOf = new Map<number, number[]>();
  for (const [at, { triggered, expected, stage }] of steps.entries()) {
    if (triggered && expected.buildkit.makesLayer) append(triggersOf, stage.startLine, at);
  }
  const layersOf = new Map<number, number[]>();
  for (const [layer, places] of lines.entries()) {
    const from = places.find(({ startLine }) => triggersOf.has(startLine));
    if (from !== undefined) append(layersOf, from.startLine, layer);
  }
  const found = new Map<number, number>();
  for (const [line, layers] of layersOf) {
    const triggers = triggersOf.get(line) ?? [];
    for (const [nth, at] of triggers.entries()) {
      const layer = layers[nth];
      if (layer !== undefined && layers.length === triggers.length) found.set(layer, at);
    }
  }
  return found;
}

function append(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function stepsAt({ steps }: TargetChain, { startLine }: LineRange): number[] {
  return steps.flatMap(({ instruction }, at) =>
    instruction.startLine <= startLine && startLine <= instruction.endLine ? [at] : [],
  );
}

function unchangedSteps(built: TargetChain, present: TargetChain): ReadonlyMap<number, number> {
  const [before, after] = [built, present].map(({ steps }) =>
    steps.map(({ command, triggered }) => JSON.stringify([command.line.trim(), command.heredocs, triggered])),
  );
  if (before === undefined || after === undefined) return new Map();
  const pairs = alignCertainly(before.length, after.length, (step, at) => (before[step] === after[at] ? 1 : 0));
  return new Map(pairs.map(({ step, instruction }) => [step, instruction]));
}
