import type { Instruction, NameValue } from '../../dockerfile/dockerfile.ts';
import { isIndifferent } from './indifferent-commands.ts';
import type { KeyedBuild } from './cache-rule.ts';
import { laterSteps, type PlacedStep } from './later-steps.ts';
import { isMetadata } from './step-kinds.ts';

/**
 * The first step that needs a variable or may need it; null if none does. Steps that only hand it on (ARG,
 * ENV) or keep it in the image's configuration are left out: they may move with it. A RUN that names it needs it; where
 * none does, any may that runs a program which could look at its environment.
 * @param at the step that gives the variable its value
 */
export function firstUse(build: KeyedBuild, at: number, name: string): PlacedStep | null {
  const names = new Set([name]);
  let mayUse: PlacedStep | null = null;
  for (const next of laterSteps(build, at)) {
    const { command } = next.step;
    if (command.keyword === 'FROM' || isMetadata(command)) continue;
    if (command.keyword === 'ARG' || command.keyword === 'ENV') {
      for (const pair of pairsOf(command)) {
        if (pair.value !== null && mentionsAny(pair.value, names)) names.add(pair.name);
        // From here on it is another variable of the same name.
        else if (pair.value !== null && names.has(pair.name)) return mayUse ?? next;
      }
    } else if (mentionsAny(command.text, names)) return next;
    else if (mayUse === null && command.keyword === 'RUN' && !isIndifferent(command)) mayUse = next;
  }
  return mayUse;
}

/** Whether a text has one of the names in it, as a word of its own. */
export function mentionsAny(text: string, names: ReadonlySet<string>): boolean {
  return (text.match(/[A-Za-z_]\w*/g) ?? []).some((word) => names.has(word));
}

/** Of ARG, ENV and LABEL. */
export function pairsOf({ arguments: parsed }: Instruction): readonly NameValue[] {
  return parsed.form === 'pairs' ? parsed.pairs : [];
}
