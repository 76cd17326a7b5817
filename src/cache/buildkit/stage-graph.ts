import type { Instruction, Stage, StageBase } from '../../dockerfile/dockerfile.ts';
import { expandWord, type Lookup } from '../../dockerfile/expand.ts';
import { earlierStage, stageBase, targetStage } from '../../dockerfile/stages.ts';
import { baseImage } from '../base-image.ts';
import type { BaseImage, BuildInputs } from '../build-inputs.ts';
import { baseTriggers } from '../base-triggers.ts';
import { mountFields } from '../mount-fields.ts';
import type { StageCommand } from '../stage-command.ts';

/** A stage that the target needs. */
export interface NeededStage {
  readonly stage: Stage;
  readonly base: StageBase;
  /** What FROM names with its variables expanded, as the image is looked up by. */
  readonly image: BaseImage | null;
  /** FROM first, then triggers, then its own. */
  readonly commands: readonly StageCommand[];
}

/**
 * The stages that the target is made of, in the order of the file; empty where there is no such target.
 *
 * @param most instructions that are looked at; what only later ones need is left out
 */
export function neededStages(inputs: BuildInputs, globals: Lookup, most: number): readonly NeededStage[] {
  const { dockerfile, target } = inputs;
  const needed = new Map<number, NeededStage>();
  const open = [targetStage(dockerfile, target)];
  let left = most;
  while (left > 0) {
    const stage = open.pop();
    if (stage === undefined) break;
    if (stage === null || needed.has(stage.index)) continue;
    const found = describe(inputs, stage, globals);
    needed.set(stage.index, found);
    if (found.base.kind === 'stage') open.push(dockerfile.stages[found.base.index] ?? null);
    const commands = found.commands.slice(0, left);
    left -= commands.length;
    for (const { command } of commands) {
      for (const name of namesTakenFrom(command)) open.push(earlierStage(dockerfile, stage, name));
    }
  }
  return [...needed.values()].sort((a, b) => a.stage.index - b.stage.index);
}

function describe(inputs: BuildInputs, stage: Stage, globals: Lookup): NeededStage {
  const { dockerfile } = inputs;
  const from = expandWord(stage.from, globals, dockerfile.directives.escape) ?? stage.from;
  const base = stageBase(dockerfile, stage, from);
  const image = base.kind === 'image' ? baseImage(inputs, from) : null;
  const [first, ...own] = stage.instructions.map((instruction) => ({ instruction, command: instruction }));
  if (first === undefined) return { stage, base, image, commands: [] };
  const parent = base.kind === 'stage' ? dockerfile.stages[base.index] : undefined;
  const triggers = parent === undefined ? baseTriggers(image, first.instruction) : triggersOf(parent);
  return { stage, base, image, commands: [first, ...triggers, ...own] };
}

function triggersOf({ instructions }: Stage): readonly StageCommand[] {
  return instructions.flatMap((instruction) =>
    instruction.trigger === null ? [] : [{ instruction, command: instruction.trigger }],
  );
}

function namesTakenFrom({ keyword, flags }: Instruction): readonly string[] {
  if (keyword === 'COPY') return flags.flatMap(({ name, value }) => (name === 'from' && value !== null ? [value] : []));
  if (keyword !== 'RUN') return [];
  return flags.flatMap(({ name, value }) => {
    const from = name === 'mount' && value !== null ? mountFields(value).get('from') : undefined;
    return from === undefined || from === null ? [] : [from];
  });
}
