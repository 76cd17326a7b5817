import type { Dockerfile, Instruction, Stage, StageBase } from './dockerfile.ts';
import { type Expected, expectedOf } from './record/expected.ts';
import { type BuildState, startState } from './record/build-state.ts';
import { type Lookup, expandWord } from './expand.ts';
import { stageBase, targetStage } from './stages.ts';
import { type DockerfileBuilder, dockerfileBuilders } from './step-record.ts';
import { globalValues } from './record/global-args.ts';

/** What a build is asked for. */
export interface ChainOptions {
  /** A stage's name or number; null for the last one. */
  readonly target: string | null;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** The environment of the image that the chain starts from. */
  readonly baseEnvironment: Lookup;
  readonly only?: DockerfileBuilder;
}

/** An instruction of the chain, and what each builder's history would say of it. */
export interface ChainStep {
  /** Where it stands: for a trigger, its ONBUILD. */
  readonly instruction: Instruction;
  /** What is done: the instruction, or what its ONBUILD keeps. */
  readonly command: Instruction;
  /** Done on behalf of an ONBUILD in the parent stage. */
  readonly triggered: boolean;
  readonly stage: Stage;
  readonly expected: Readonly<Record<DockerfileBuilder, Expected>>;
}

/** All instructions that made an image, in order, from the first stage without a parent in the file to the target. */
export interface TargetChain {
  readonly stages: readonly Stage[];
  readonly base: StageBase;
  readonly steps: readonly ChainStep[];
  /** There were more than are looked at. */
  readonly cut: boolean;
}

/** More steps than any builder would make layers of; alignment takes time in the square of it. */
const mostSteps = 2048;

/** Follows the target stage to its parents (`FROM stage`) and expands every instruction. Null without such a stage. */
export function targetChain(dockerfile: Dockerfile, options: ChainOptions): TargetChain | null {
  const { stages, base } = parents(dockerfile, options);
  if (stages.length === 0) return null;
  const { escape } = dockerfile.directives;
  const globals = globalValues(dockerfile, options.buildArgs);
  const states = dockerfileBuilders.map((builder) => ({
    builder,
    state: startState({ builder, escape, globals, ...options }),
  }));
  const steps: ChainStep[] = [];
  let triggers: readonly Instruction[] = [];
  for (const stage of stages) {
    for (const { state } of states) state.startStage();
    const own = stage.instructions.slice(1);
    for (const instruction of triggers) add(steps, states, instruction, instruction.trigger, stage);
    for (const instruction of own) add(steps, states, instruction, null, stage);
    if (steps.length >= mostSteps) return { stages, base, steps, cut: true };
    triggers = own.filter(({ trigger }) => trigger !== null);
  }
  return { stages, base, steps, cut: false };
}

function add(
  steps: ChainStep[],
  states: readonly { readonly builder: DockerfileBuilder; readonly state: BuildState }[],
  instruction: Instruction,
  trigger: Instruction | null,
  stage: Stage,
): void {
  if (steps.length >= mostSteps) return;
  const command = trigger ?? instruction;
  const triggered = trigger !== null;
  const all = Object.fromEntries(states.map(({ builder, state }) => [builder, expectedOf(command, state, triggered)]));
  const expected = all as Record<DockerfileBuilder, Expected>;
  steps.push({ instruction, command, triggered, stage, expected });
}

/** The chain of stages, oldest first. A name in FROM may hold global arguments. */
function parents(dockerfile: Dockerfile, { target, buildArgs }: ChainOptions): { stages: Stage[]; base: StageBase } {
  const globals = globalValues(dockerfile, buildArgs);
  const lookup: Lookup = (name) => globals.get(name);
  const stages: Stage[] = [];
  let stage = targetStage(dockerfile, target);
  let base: StageBase = { kind: 'scratch' };
  while (stage !== null) {
    stages.unshift(stage);
    const from = expandWord(stage.from, lookup, dockerfile.directives.escape) ?? stage.from;
    base = stageBase(dockerfile, stage, from);
    stage = base.kind === 'stage' ? (dockerfile.stages[base.index] ?? null) : null;
  }
  return { stages, base };
}
