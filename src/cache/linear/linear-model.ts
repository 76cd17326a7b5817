import type { Dockerfile, Instruction, Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { stageBase } from '../../dockerfile/stages.ts';
import { baseImage } from '../base-image.ts';
import type { BaseImage, BuildInputs } from '../build-inputs.ts';
import type { KeyedStep, KeyPart } from '../keyed-step.ts';
import { earlierStage } from './earlier-stage.ts';
import { LinearChain } from './linear-chain.ts';
import { textPart } from './text-part.ts';
import { StageState } from './stage-state.ts';

/** What a step can see of the build. */
export interface StepScene {
  readonly inputs: BuildInputs;
  readonly state: StageState;
  readonly stage: Stage;
  /** The last step of a stage that is named by name or number; null where no earlier stage has that name. */
  readonly endOf: (name: string) => StageEnd | null;
}

/** Where a stage ended. */
export interface StageEnd {
  readonly stage: Stage;
  /** By index. */
  readonly step: number;
}

/** In what builders with a linear chain differ. */
export interface LinearRules {
  /** The stages that are built, in order. */
  readonly stages: (inputs: BuildInputs) => readonly Stage[];
  /** Of an image whose configuration was read, what has to be the same; else its identity counts. */
  readonly baseIdentity: (base: BaseImage) => string;
  /** Whose arguments a stage starts with. */
  readonly argumentsOf: 'no-stage' | 'base-stage' | 'stage-before';
  /** Instructions that ONBUILD of the stage before left are carried out. */
  readonly triggers: boolean;
  /** Carries an instruction out on the state and tells what its key is made of. */
  readonly parts: (command: Instruction, scene: StepScene) => readonly KeyPart[];
  /** False for a step that runs in every build, whatever its parts. */
  readonly isFoundAgain: (command: Instruction, scene: StepScene) => boolean;
}

/** Keys the steps of a builder whose stages are chains: each step hangs on the one before, whatever it does. */
export function keyLinearly(inputs: BuildInputs, rules: LinearRules): readonly KeyedStep[] {
  const { dockerfile, buildArgs } = inputs;
  const chain = new LinearChain();
  const globals = globalValues(dockerfile, buildArgs);
  const ends = new Map<Stage, { readonly step: number; readonly state: StageState }>();
  const endOf = (before: Stage, name: string): StageEnd | null => {
    const stage = earlierStage(dockerfile, before, name);
    const end = stage === null ? undefined : ends.get(stage);
    return stage === null || end === undefined ? null : { stage, step: end.step };
  };
  for (const stage of rules.stages(inputs)) {
    const [from, ...own] = stage.instructions;
    if (from === undefined) continue;
    const name = expandGlobal(stage.from, globals, dockerfile);
    const base = stageBase(dockerfile, stage, name);
    const parentStage = base.kind === 'stage' ? dockerfile.stages[base.index] : undefined;
    const parent = parentStage === undefined ? undefined : ends.get(parentStage);
    const step = { stage, instruction: from, command: from };
    const { escape } = dockerfile.directives;
    let state: StageState;
    let last: number;
    if (parent === undefined) {
      const image = baseImage(inputs, name);
      const scratch = base.kind === 'scratch';
      const config = scratch ? emptyConfig : (image.config?.runtime ?? null);
      state = new StageState({ escape, globals, buildArgs, base: config }, null);
      last = chain.add({ ...step, parts: scratch ? [] : baseParts(name, image, stage, state, rules), parents: [] });
    } else {
      state = parent.state.child();
      last = chain.addAlias({ ...step, parts: [], parents: [parent.step] }, parent.step);
    }
    const before = {
      'no-stage': undefined,
      'base-stage': parent?.state,
      'stage-before': [...ends.values()].at(-1)?.state,
    };
    for (const [argument, value] of before[rules.argumentsOf]?.arguments ?? []) state.arguments.set(argument, value);
    const scene: StepScene = { inputs, state, stage, endOf: (other) => endOf(stage, other) };
    const carryOut = (instruction: Instruction, command: Instruction): void => {
      const found = rules.isFoundAgain(command, scene);
      const parts = rules.parts(command, scene);
      last = chain.add({ stage, instruction, command, parts, parents: [last] }, found ? 'found-again' : 'never-found');
    };
    if (rules.triggers && parentStage !== undefined)
      for (const instruction of parentStage.instructions)
        if (instruction.trigger !== null) carryOut(instruction, instruction.trigger);
    for (const instruction of own) carryOut(instruction, instruction);
    ends.set(stage, { step: last, state });
  }
  return chain.steps;
}

const emptyConfig = {
  env: [],
  entrypoint: null,
  cmd: null,
  user: null,
  workingDir: null,
  labels: {},
  exposedPorts: [],
};

function expandGlobal(word: string, globals: ReadonlyMap<string, string | null>, { directives }: Dockerfile): string {
  return expandWord(word, (name) => globals.get(name), directives.escape) ?? word;
}

function baseParts(
  name: string,
  image: BaseImage,
  { platform }: Stage,
  state: StageState,
  { baseIdentity }: LinearRules,
): readonly KeyPart[] {
  const base = textPart('base', name, baseIdentity(image));
  // An image that was read says what platform it has come out as.
  const known = platform === null || image.config !== null;
  return known ? [base] : [base, textPart('platform', '', state.expand(platform))];
}
