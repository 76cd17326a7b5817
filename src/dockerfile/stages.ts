import type { OddityTally } from '../warnings.ts';
import type { Dockerfile, Instruction, Stage, StageBase } from './dockerfile.ts';

/** Cuts the instructions into stages. What stands before the first FROM and is no ARG belongs to none. */
export function groupStages(
  instructions: readonly Instruction[],
  tally: OddityTally,
): Pick<Dockerfile, 'globalArgs' | 'stages'> {
  const globalArgs: Instruction[] = [];
  const groups: Instruction[][] = [];
  for (const instruction of instructions) {
    const group = groups.at(-1);
    if (instruction.keyword === 'FROM') groups.push([instruction]);
    else if (group !== undefined) group.push(instruction);
    else if (instruction.keyword === 'ARG') globalArgs.push(instruction);
    else tally.note('dockerfile-before-from', () => `line ${instruction.startLine}`);
  }
  return { globalArgs, stages: groups.map(toStage) };
}

function toStage(instructions: readonly Instruction[], index: number): Stage {
  const [first] = instructions;
  const words = first?.arguments.form === 'words' ? first.arguments.words : [];
  const [from = '', as = '', name] = words;
  const startLine = first?.startLine ?? 1;
  return {
    index,
    name: as.toUpperCase() === 'AS' ? (name ?? null) : null,
    from,
    platform: first?.flags.find((flag) => flag.name === 'platform')?.value ?? null,
    startLine,
    endLine: instructions.at(-1)?.endLine ?? startLine,
    instructions,
  };
}

/** What a stage starts from. Stage names do not mind case (they are lower-cased by BuildKit), and a stage sees only earlier ones. */
export function stageBase({ stages }: Dockerfile, stage: Stage, from: string): StageBase {
  const earlier = stages.slice(0, stage.index).findLast(({ name }) => sameName(name, from));
  if (earlier !== undefined) return { kind: 'stage', index: earlier.index };
  return from === 'scratch' ? { kind: 'scratch' } : { kind: 'image', reference: from };
}

/** The stage that `--from` or a mount names, by name or by number, of those before another one; null where it is an image. */
export function earlierStage(dockerfile: Dockerfile, before: Stage, name: string): Stage | null {
  const base = stageBase(dockerfile, before, name);
  if (base.kind === 'stage') return dockerfile.stages[base.index] ?? null;
  const number = /^\d{1,6}$/.test(name) ? Number(name) : before.index;
  return number < before.index ? (dockerfile.stages[number] ?? null) : null;
}

/** The stage that `--target` names, by name or by number; the last one where there is no target. */
export function targetStage({ stages }: Dockerfile, target: string | null): Stage | null {
  if (target === null) return stages.at(-1) ?? null;
  const named = stages.findLast(({ name }) => sameName(name, target));
  return named ?? (/^\d{1,6}$/.test(target) ? (stages[Number(target)] ?? null) : null);
}

function sameName(name: string | null, wanted: string): boolean {
  return name !== null && name.toLowerCase() === wanted.toLowerCase();
}
