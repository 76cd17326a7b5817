import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { stageBase } from '../../dockerfile/stages.ts';
import type { CacheRuleInput } from './cache-rule.ts';

/** An image that a build takes from outside. */
export interface UsedImage {
  /** Variables expanded. */
  readonly reference: string;
  /** The first that names it. */
  readonly instruction: Instruction;
}

/** Images that stages start from or copy from; those whose name depends on a value that nobody gave are left out. */
export function usedImages({ inputs: { dockerfile, buildArgs }, steps }: CacheRuleInput): readonly UsedImage[] {
  const globals = globalValues(dockerfile, buildArgs);
  const images = new Map<string, UsedImage>();
  for (const step of steps) {
    const named = namedBy(step);
    // An argument without a value has to be given: what it will be is not known here.
    const reference =
      named === null ? null : expandWord(named, (name) => globals.get(name) ?? null, dockerfile.directives.escape);
    if (reference === null || images.has(reference)) continue;
    const { kind } = stageBase(dockerfile, step.stage, reference);
    if (kind === 'image') images.set(reference, { reference, instruction: step.instruction });
  }
  return [...images.values()];
}

/** What a step takes from, if that may be an image. */
function namedBy({ command, stage }: KeyedStep): string | null {
  if (command.keyword === 'FROM') return stage.from;
  if (command.keyword !== 'COPY') return null;
  const from = command.flags.find(({ name }) => name === 'from')?.value ?? null;
  // Number of a stage.
  return from === null || /^\d+$/.test(from) ? null : from;
}
