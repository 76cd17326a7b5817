import type { DirectoryNode } from '../../context/context-tree.ts';
import type { BuildInputs } from '../build-inputs.ts';
import type { CacheModel } from '../cache-model.ts';
import type { KeyedStep, KeyPart } from '../keyed-step.ts';
import { keyOf } from '../step-key.ts';
import { contentPart, hashedContext } from './content.ts';
import { planBuild } from './plan.ts';
import type { PlannedStep, TakenFiles } from './planned-step.ts';

/** BuildKit as of 2025, in Docker with the containerd store: a graph of steps, and content where a stage takes from another. */
export const buildkitModel: CacheModel = { builder: 'buildkit', keySteps };

function keySteps(inputs: BuildInputs): readonly KeyedStep[] {
  const context = inputs.context === null ? null : hashedContext(inputs.context);
  const results: Result[] = [];
  return planOf(inputs).map((step, index) => {
    const keyed = keyStep(step, context, results);
    results.push(resultOf(step, keyed, index, results));
    return keyed;
  });
}

interface Plan {
  readonly inputs: BuildInputs;
  readonly steps: readonly PlannedStep[];
}

/** Along a history only the context changes, and to plan takes longer than all the rest. */
const plans = new WeakMap<BuildInputs['dockerfile'], Plan>();

function planOf(inputs: BuildInputs): readonly PlannedStep[] {
  const known = plans.get(inputs.dockerfile);
  const same =
    known?.inputs.target === inputs.target &&
    known.inputs.buildArgs === inputs.buildArgs &&
    known.inputs.bases === inputs.bases;
  if (known !== undefined && same) return known.steps;
  const steps = planBuild(inputs);
  plans.set(inputs.dockerfile, { inputs, steps });
  return steps;
}

/** What later steps start from: not always what the step itself is found under. */
interface Result {
  readonly key: string;
  readonly hopefulKey: string;
  /** The steps that have to be there for it. */
  readonly steps: readonly number[];
}

function keyStep(step: PlannedStep, context: DirectoryNode | null, results: readonly Result[]): KeyedStep {
  const { stage, instruction, command, role, fixedKey, taken } = step;
  const found: KeyPart[] = [];
  const parts = step.parts.map((part) => {
    if (part.kind !== 'context-files') return part;
    const content = contentPart(context, part);
    found.push(content);
    return content;
  });
  const base = step.result === 'own' && step.base !== null ? results[step.base] : undefined;
  const key = keyOf(found, [
    fixedKey,
    ...(base === undefined ? [] : [base.key]),
    ...taken.map((each) => takenKey(each, results)),
  ]);
  const parent = mountsItsRoot(step) ? undefined : base;
  // What is taken from elsewhere is hoped to be the same, wherever it is from.
  const hopefulKey =
    taken.length === 0 && base?.key === base?.hopefulKey
      ? key
      : keyOf(found, parent === undefined ? [fixedKey] : [fixedKey, parent.hopefulKey]);
  return { stage, instruction, command, role, parts, parents: parent?.steps ?? [], key, hopefulKey };
}

/**
 * A RUN with a bind mount of the very stage that it starts from: the two are one input, which BuildKit looks up by its whole
 * content then (measured with 0.25).
 */
function mountsItsRoot({ command, base, taken }: PlannedStep): boolean {
  return command.keyword === 'RUN' && taken.some(({ origin }) => origin.kind === 'step' && origin.step === base);
}

function takenKey({ origin, path }: TakenFiles, results: readonly Result[]): string {
  switch (origin.kind) {
    case 'step':
      return `${results[origin.step]?.key ?? ''} ${path}`;
    case 'image':
      return `${origin.key} ${path}`;
    case 'nothing':
      return path;
  }
}

/** After COPY --link, of two layers that were made apart. */
function resultOf(
  step: PlannedStep,
  { key, hopefulKey }: KeyedStep,
  index: number,
  results: readonly Result[],
): Result {
  const base = step.result === 'merged' && step.base !== null ? results[step.base] : undefined;
  if (base === undefined) return { key, hopefulKey, steps: [index] };
  return {
    key: keyOf([], [base.key, key]),
    hopefulKey: keyOf([], [base.hopefulKey, hopefulKey]),
    steps: [index, ...base.steps],
  };
}
