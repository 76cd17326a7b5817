import type { Dockerfile, Instruction, Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { stageBase } from '../../dockerfile/stages.ts';
import type { LoggingBuilder } from './build-log.ts';

/** A step as a builder counts it. */
export interface CountedStep {
  /** Where it stands: for a trigger, its ONBUILD. */
  readonly instruction: Instruction;
  /** What is done: the instruction, or what its ONBUILD keeps. */
  readonly command: Instruction;
  /** Null of ARG before the first FROM. */
  readonly stage: Stage | null;
}

/** Steps with numbers that begin anew: of a stage, or of the whole file, where `stage` is null. */
export interface CountedSteps {
  readonly stage: Stage | null;
  /** The first one has the number 1. */
  readonly steps: readonly CountedStep[];
}

/** How a builder counts the steps of a Dockerfile. Triggers of base images are not known. */
export function countSteps(
  dockerfile: Dockerfile,
  buildArgs: ReadonlyMap<string, string>,
  builder: LoggingBuilder,
): CountedSteps[] {
  const { globalArgs, stages } = dockerfile;
  const own = (stage: Stage): CountedStep[] =>
    stage.instructions.map((instruction) => ({ instruction, command: instruction, stage }));
  switch (builder) {
    case 'classic': {
      const before = globalArgs.map((instruction) => ({ instruction, command: instruction, stage: null }));
      return [{ stage: null, steps: [...before, ...stages.flatMap(own)] }];
    }
    case 'buildah':
      return stages.map((stage) => ({ stage, steps: own(stage) }));
    case 'buildkit':
      return stages.map((stage) => {
        const base = baseOf(dockerfile, stage, buildArgs);
        const [from, ...rest] = own(stage);
        const steps = [
          ...(from === undefined || base.kind !== 'image' ? [] : [from]),
          ...(base.kind === 'stage' ? triggersOf(stages[base.index], stage) : []),
          ...rest,
        ];
        return { stage, steps: steps.filter(({ command }) => isVertex(command)) };
      });
  }
}

function baseOf(
  dockerfile: Dockerfile,
  stage: Stage,
  buildArgs: ReadonlyMap<string, string>,
): ReturnType<typeof stageBase> {
  const globals = globalValues(dockerfile, buildArgs);
  const from = expandWord(stage.from, (name) => globals.get(name), dockerfile.directives.escape);
  return stageBase(dockerfile, stage, from ?? stage.from);
}

function triggersOf(parent: Stage | undefined, stage: Stage): CountedStep[] {
  return (parent?.instructions ?? []).flatMap((instruction) =>
    instruction.trigger === null ? [] : [{ instruction, command: instruction.trigger, stage }],
  );
}

/** BuildKit counts what it makes a vertex of; WORKDIR / makes none, as there is always a root directory. */
function isVertex({ keyword, arguments: parsed }: Instruction): boolean {
  if (keyword === 'WORKDIR') return !(parsed.form === 'text' && parsed.text.trim() === '/');
  return keyword === 'FROM' || keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD';
}
