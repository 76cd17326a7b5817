import type { Instruction, NameValue, Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord, type Lookup } from '../../dockerfile/expand.ts';
import { baseImage } from '../base-image.ts';
import type { BaseImage, BuildInputs } from '../build-inputs.ts';
import { earlierStage } from '../../dockerfile/stages.ts';
import { keyOf } from '../step-key.ts';
import type { KeyPart, StepRole } from '../keyed-step.ts';
import { copyParts } from './copy.ts';
import { globalArguments } from './globals.ts';
import { ownerOf } from './owner.ts';
import { enter } from './path.ts';
import { fixedPart, type Origin, type PlannedStep } from './planned-step.ts';
import { commandParts } from './run-command.ts';
import { runMount } from './run-mount.ts';
import { type NeededStage, neededStages } from './stage-graph.ts';
import { StageState } from './stage-state.ts';
import { cleanPath } from '../../dockerfile/record/build-state.ts';

/** More steps than any image can have layers, many times over; what follows is left out. */
const mostSteps = 2048;

/** All that can be told of a build without its context. */
export function planBuild(inputs: BuildInputs): readonly PlannedStep[] {
  const planner = new Planner(inputs);
  for (const stage of neededStages(inputs, planner.globals, mostSteps)) planner.addStage(stage);
  return planner.steps;
}

type Planned = Pick<PlannedStep, 'role' | 'parts'> & Partial<Pick<PlannedStep, 'taken' | 'result'>>;

class Planner {
  readonly globals: Lookup;
  readonly steps: PlannedStep[] = [];
  readonly #inputs: BuildInputs;
  /** By the indexes of stages. */
  readonly #states = new Map<number, StageState>();
  /** The last step that has a result; null where a stage is empty. */
  readonly #results = new Map<number, number | null>();

  constructor(inputs: BuildInputs) {
    this.#inputs = inputs;
    this.globals = globalArguments(inputs);
  }

  addStage(needed: NeededStage): void {
    const { stage, base, commands } = needed;
    const state = this.#startState(needed);
    let last = base.kind === 'stage' ? (this.#results.get(base.index) ?? null) : null;
    for (const [index, { instruction, command }] of commands.entries()) {
      if (this.steps.length >= mostSteps) break;
      const planned = index === 0 ? from(needed, state) : this.#plan(command, needed, state);
      const { taken = [], result = 'own' } = planned;
      const base = planned.role === 'step' ? last : null;
      const fixedKey = keyOf(planned.parts.filter(isFixed), []);
      this.steps.push({ stage, instruction, command, ...planned, fixedKey, taken, result, base });
      if (planned.role === 'step') last = this.steps.length - 1;
    }
    this.#states.set(stage.index, state);
    this.#results.set(stage.index, last);
  }

  #startState({ stage, base, image }: NeededStage): StageState {
    const { escape } = this.#inputs.dockerfile.directives;
    const parent = base.kind === 'stage' ? this.#states.get(base.index) : undefined;
    if (parent !== undefined) return parent.child();
    const platform = this.#platformOf(stage);
    return new StageState(escape, base.kind === 'scratch' ? 'scratch' : (image?.config ?? null), platform);
  }

  #platformOf({ platform }: Stage): string {
    const { buildArgs, dockerfile } = this.#inputs;
    if (platform === null) return buildArgs.get('TARGETPLATFORM') ?? '';
    return expandWord(platform, this.globals, dockerfile.directives.escape) ?? platform;
  }

  #plan(command: Instruction, needed: NeededStage, state: StageState): Planned {
    const originOf = (name: string): Origin => this.#originOf(name, needed);
    switch (command.keyword) {
      case 'RUN':
        return this.#run(command, state, originOf);
      case 'COPY':
      case 'ADD':
        return { role: 'step', ...copyParts(command, state, originOf) };
      case 'WORKDIR':
        return this.#workdir(command, state);
      case 'ENV':
        return { role: 'state', parts: setEnvironment(pairsOf(command), state) };
      case 'ARG':
        return { role: 'state', parts: pairsOf(command).map((pair) => this.#declare(pair, state)) };
      case 'USER':
        state.user = state.expandOrKeep(textOf(command));
        return { role: 'state', parts: [fixedPart('user', '', state.user)] };
      case 'SHELL':
        if (command.arguments.form === 'exec') state.shell = command.arguments.words;
        return { role: 'state', parts: [fixedPart('shell', '', JSON.stringify(state.shell))] };
      default:
        return { role: 'nothing', parts: [] };
    }
  }

  #run(command: Instruction, state: StageState, originOf: (name: string) => Origin): Planned {
    const scope = { state, buildArgs: this.#inputs.buildArgs, originOf };
    const mounts = command.flags.flatMap(({ name, value }) =>
      name === 'mount' && value !== null ? [runMount(value, scope)] : [],
    );
    const options = command.flags.flatMap(({ name, value }) =>
      name === 'mount' || value === 'default' || value === 'sandbox' ? [] : [fixedPart('option', name, value ?? '')],
    );
    const sorted = [
      ...mounts.filter(({ sortedBy }) => sortedBy !== null).sort((a, b) => compare(a.sortedBy ?? '', b.sortedBy ?? '')),
      ...mounts.filter(({ sortedBy }) => sortedBy === null),
    ];
    const parts = [
      ...commandParts(command, state.shell),
      ...state.environment,
      fixedPart('working-directory', '', state.workingDir),
      ...(state.user === '' ? [] : [fixedPart('user', '', state.user)]),
      ...options,
      ...sorted.flatMap((mount) => mount.parts),
      ...(state.platform === '' ? [] : [fixedPart('platform', '', state.platform)]),
    ];
    return { role: 'step', parts, taken: sorted.flatMap(({ taken }) => taken) };
  }

  /** WORKDIR makes the directory, though not the root. Since 2025 the time that SOURCE_DATE_EPOCH gives it counts. */
  #workdir(command: Instruction, state: StageState): Planned {
    state.workingDir = enter(state.workingDir, state.expandOrKeep(textOf(command)));
    const parts = [fixedPart('working-directory', '', cleanPath(state.workingDir))];
    // `/.` is made, as is `//`.
    if (state.workingDir === '/') return { role: 'state', parts };
    if (state.user !== '') parts.push(fixedPart('user', '', ownerOf(state.user)));
    const epoch = this.#inputs.buildArgs.get('SOURCE_DATE_EPOCH') ?? '';
    if (epoch !== '') parts.push(fixedPart('timestamp', 'SOURCE_DATE_EPOCH', epoch));
    return { role: 'step', parts };
  }

  #declare({ name, value }: NameValue, state: StageState): KeyPart {
    const given = this.#inputs.buildArgs.get(name);
    const global = this.globals(name);
    if (given !== undefined) set(state, name, given, given);
    else if (value !== null) set(state, name, state.expand(value), value);
    else if (global !== undefined) set(state, name, global, '(of the platform)');
    else {
      state.declareUnset(name);
      return fixedPart('argument', name, '');
    }
    return fixedPart('argument', name, `=${state.textOf(name)}`);
  }

  #originOf(name: string, { stage }: NeededStage): Origin {
    const { dockerfile } = this.#inputs;
    const found = earlierStage(dockerfile, stage, name);
    if (found === null) return { kind: 'image', key: keyOf([basePart(baseImage(this.#inputs, name))], []) };
    const step = this.#results.get(found.index) ?? null;
    return step === null ? { kind: 'nothing' } : { kind: 'step', step };
  }
}

function isFixed(part: PlannedStep['parts'][number]): part is KeyPart {
  return part.kind !== 'context-files';
}

function from({ base, image }: NeededStage, state: StageState): Planned {
  if (image === null) {
    const role: StepRole = 'state';
    return { role, parts: [fixedPart('base', '', base.kind === 'stage' ? `stage ${base.index}` : 'scratch')] };
  }
  const platform = state.platform === '' ? [] : [fixedPart('platform', '', state.platform)];
  return { role: 'step', parts: [basePart(image), ...platform] };
}

/** Another image of the same layers is as good (containerimage/pull.go); what else it sets is in later keys by itself. */
function basePart({ identity, config }: BaseImage): KeyPart {
  const layers = config?.diffIds ?? [];
  return fixedPart('base', '', layers.length === 0 ? identity : layers.join(' '));
}

/** All values are expanded before any is set. */
function setEnvironment(pairs: readonly NameValue[], state: StageState): readonly KeyPart[] {
  const expanded = pairs.map(({ name, value }) => ({
    name: state.expandOrKeep(name),
    value: state.expand(value ?? ''),
    written: value ?? '',
  }));
  for (const { name, value, written } of expanded) state.setEnvironment(name, value, written);
  return expanded.map(({ name, value, written }) => fixedPart('environment', name, value ?? written));
}

/** Scanners of BuildKit's own; no RUN sees them. */
function set(state: StageState, name: string, value: string | null, written: string): void {
  if (name !== 'BUILDKIT_SBOM_SCAN_CONTEXT' && name !== 'BUILDKIT_SBOM_SCAN_STAGE')
    state.setArgument(name, value, written);
}

function pairsOf({ arguments: parsed }: Instruction): readonly NameValue[] {
  return parsed.form === 'pairs' ? parsed.pairs : [];
}

function textOf({ arguments: parsed }: Instruction): string {
  return parsed.form === 'text' ? parsed.text : '';
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
