import type { Instruction, Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { earlierStage, targetStage } from '../../dockerfile/stages.ts';
import type { BuildInputs } from '../build-inputs.ts';

/** The stages that the target needs, itself included, in order: by FROM, by `--from`, and by mounts. */
export function neededStages(inputs: BuildInputs): readonly Stage[] {
  const { dockerfile, target } = inputs;
  const last = targetStage(dockerfile, target);
  if (last === null) return [];
  const needed = new Set([last]);
  // Stages need earlier ones alone: from the back, each is looked at when all that need it are known.
  for (const stage of dockerfile.stages.slice(0, last.index + 1).toReversed())
    if (needed.has(stage)) for (const each of needsOf(stage, inputs)) needed.add(each);
  return dockerfile.stages.filter((stage) => needed.has(stage));
}

function needsOf(stage: Stage, { dockerfile, buildArgs }: BuildInputs): readonly Stage[] {
  const values = new Map(globalValues(dockerfile, buildArgs));
  const expand = (word: string): string =>
    expandWord(word, (name) => values.get(name), dockerfile.directives.escape) ?? word;
  const needs = [earlierStage(dockerfile, stage, expand(stage.from))];
  for (const instruction of stage.instructions) {
    declare(instruction, values, buildArgs);
    for (const name of namesOf(instruction)) needs.push(earlierStage(dockerfile, stage, expand(name)));
  }
  return needs.filter((each) => each !== null);
}

function declare(
  { keyword, arguments: parsed }: Instruction,
  values: Map<string, string | null>,
  buildArgs: BuildInputs['buildArgs'],
): void {
  if (keyword !== 'ARG' || parsed.form !== 'pairs') return;
  for (const { name, value } of parsed.pairs) {
    const known = buildArgs.get(name) ?? value;
    if (known !== null) values.set(name, known);
  }
}

/** What an instruction takes from. */
function namesOf({ keyword, flags }: Instruction): readonly string[] {
  if (keyword === 'COPY' || keyword === 'ADD')
    return flags.flatMap(({ name, value }) => (name === 'from' ? (value ?? []) : []));
  if (keyword !== 'RUN') return [];
  const mounts = flags.flatMap(({ name, value }) => (name === 'mount' ? (value ?? '').split(',') : []));
  return mounts.flatMap((option) => (option.startsWith('from=') ? option.slice('from='.length) : []));
}
