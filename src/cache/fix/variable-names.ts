import type { Instruction, NameValue } from '../../dockerfile/dockerfile.ts';

/** What ARG, ENV and LABEL set. */
export function pairsOf({ arguments: parsed }: Instruction): readonly NameValue[] {
  return parsed.form === 'pairs' ? parsed.pairs : [];
}

/** The variables that an instruction gives values to. */
export function definedBy(instruction: Instruction): readonly string[] {
  return instruction.keyword === 'ARG' || instruction.keyword === 'ENV'
    ? pairsOf(instruction).map(({ name }) => name)
    : [];
}

/** The words of an instruction that may be names of variables it takes the values of, its script's and its texts' included. */
export function mentionedBy(instruction: Instruction): ReadonlySet<string> {
  const { keyword, text } = instruction;
  const texts =
    keyword === 'ENV' || keyword === 'ARG' || keyword === 'LABEL'
      ? pairsOf(instruction).map(({ name, value }) => (keyword === 'LABEL' ? `${name} ${value ?? ''}` : (value ?? '')))
      : [text];
  return new Set(texts.flatMap((each) => each.match(/[A-Za-z_]\w*/g) ?? []));
}
