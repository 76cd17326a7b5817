import type { Instruction, Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { earlierStage, stageBase } from '../../dockerfile/stages.ts';
import { baseImage } from '../base-image.ts';
import type { BaseImage, BuildInputs } from '../build-inputs.ts';
import type { KeyedStep, KeyPart } from '../keyed-step.ts';
import { baseTriggers } from '../base-triggers.ts';
import type { StageCommand } from '../stage-command.ts';
import { LinearChain } from './linear-chain.ts';
import { StageState } from './stage-state.ts';
import { textPart } from './text-part.ts';

/** What a step can see of the build. */
export interface StepScene {
  readonly inputs: BuildInputs;
  readonly state: StageState;
  /** Where an earlier stage ended that is named by name or number; null where none has that name. */
  readonly endOf: (name: string) => StageEnd | null;
}

/** Where a stage ended. */
export interface StageEnd {
  readonly stage: Stage;
  /** The last step, by its index. */
  readonly step: number;
}

/** In what builders with a linear chain differ. */
export interface LinearRules {
  /** The stages that are built, in order. */
  readonly stages: (inputs: BuildInputs) => readonly Stage[];
  /** What two images have in common where one is as good as the other. */
  readonly baseIdentity: (base: BaseImage) => string;
  /** Whose arguments a stage starts with. */
  readonly argumentsOf: 'no-stage' | 'base-stage' | 'stage-before';
  /** Whether ONBUILD of a stage is carried out in those that start from it; that of an image always is. */
  readonly stageTriggers: 'carried-out' | 'dropped';
  /** Carries an instruction out on the state and tells what its key is made of. */
  readonly parts: (command: Instruction, scene: StepScene) => readonly KeyPart[];
  /** False for a step that runs in every build, whatever its parts. */
  readonly isFoundAgain: (command: Instruction, scene: StepScene) => boolean;
}

/** Keys the steps of a builder whose stages are chains: each step hangs on the one before, whatever it does. */
export function keyLinearly(inputs: BuildInputs, rules: LinearRules): readonly KeyedStep[] {
  return new LinearBuild(inputs, rules).steps();
}

interface OpenStage {
  readonly step: number;
  readonly state: StageState;
  readonly triggers: readonly StageCommand[];
}

class LinearBuild {
  readonly #inputs: BuildInputs;
  readonly #rules: LinearRules;
  readonly #globals: ReadonlyMap<string, string | null>;
  readonly #chain = new LinearChain();
  readonly #ends = new Map<Stage, StageEnd & { readonly state: StageState }>();

  constructor(inputs: BuildInputs, rules: LinearRules) {
    this.#inputs = inputs;
    this.#rules = rules;
    this.#globals = globalValues(inputs.dockerfile, inputs.buildArgs);
  }

  steps(): readonly KeyedStep[] {
    for (const stage of this.#rules.stages(this.#inputs)) {
      const [from, ...own] = stage.instructions;
      if (from !== undefined) this.#build(stage, from, own);
    }
    return this.#chain.steps;
  }

  #build(stage: Stage, from: Instruction, own: readonly Instruction[]): void {
    const { step, state, triggers } = this.#open(stage, from);
    const scene: StepScene = { inputs: this.#inputs, state, endOf: (name) => this.#endOf(stage, name) };
    const commands = [...triggers, ...own.map((instruction) => ({ instruction, command: instruction }))];
    let last = step;
    for (const { instruction, command } of commands) {
      const fate = this.#rules.isFoundAgain(command, scene) ? 'found-again' : 'never-found';
      const parts = this.#rules.parts(command, scene);
      last = this.#chain.add({ stage, instruction, command, parts, parents: [last] }, fate);
    }
    this.#ends.set(stage, { stage, step: last, state });
  }

  /** FROM. */
  #open(stage: Stage, from: Instruction): OpenStage {
    const { dockerfile, buildArgs } = this.#inputs;
    const { escape } = dockerfile.directives;
    const name = expandWord(stage.from, (variable) => this.#globals.get(variable), escape) ?? stage.from;
    const base = stageBase(dockerfile, stage, name);
    const parentStage = base.kind === 'stage' ? dockerfile.stages[base.index] : undefined;
    const parent = parentStage === undefined ? undefined : this.#ends.get(parentStage);
    const step = { stage, instruction: from, command: from };
    if (parent !== undefined) {
      const state = this.#withArguments(parent.state.child(), parent.state);
      const index = this.#chain.addAlias({ ...step, parts: [], parents: [parent.step] }, parent.step);
      return { step: index, state, triggers: this.#triggersOf(parent.stage) };
    }
    const image = base.kind === 'scratch' ? 'scratch' : baseImage(this.#inputs, name);
    const start = image === 'scratch' ? image : image.config;
    const state = new StageState({ escape, globals: this.#globals, buildArgs, base: start }, null);
    const parts = image === 'scratch' ? [] : this.#baseParts(name, image, stage, state);
    return {
      step: this.#chain.add({ ...step, parts, parents: [] }),
      state: this.#withArguments(state, null),
      triggers: image === 'scratch' ? [] : baseTriggers(image, from),
    };
  }

  #withArguments(state: StageState, parent: StageState | null): StageState {
    const { argumentsOf } = this.#rules;
    const before = argumentsOf === 'stage-before' ? [...this.#ends.values()].at(-1)?.state : null;
    const from = argumentsOf === 'base-stage' ? parent : before;
    for (const [name, value] of from?.arguments ?? []) state.arguments.set(name, value);
    return state;
  }

  #triggersOf({ instructions }: Stage): readonly StageCommand[] {
    if (this.#rules.stageTriggers === 'dropped') return [];
    return instructions.flatMap((instruction) =>
      instruction.trigger === null ? [] : [{ instruction, command: instruction.trigger }],
    );
  }

  #baseParts(name: string, image: BaseImage, { platform }: Stage, state: StageState): readonly KeyPart[] {
    const base = textPart('base', name, this.#rules.baseIdentity(image));
    // An image that was read says what platform it has come out as.
    const known = platform === null || image.config !== null;
    return known ? [base] : [base, textPart('platform', '', state.expand(platform))];
  }

  #endOf(before: Stage, name: string): StageEnd | null {
    const stage = earlierStage(this.#inputs.dockerfile, before, name);
    return stage === null ? null : (this.#ends.get(stage) ?? null);
  }
}
