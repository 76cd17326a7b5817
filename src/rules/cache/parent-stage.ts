import type { BuildInputs } from '../../cache/build-inputs.ts';
import type { Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { stageBase } from '../../dockerfile/stages.ts';

/** Asked for by every rule, and the same for all. */
const known = new WeakMap<BuildInputs, readonly (number | null)[]>();

/** The stage that another one starts from, by its index; null where that is an image. */
export function parentStage(inputs: BuildInputs, stage: Stage): number | null {
  const parents = known.get(inputs) ?? parentsOf(inputs);
  known.set(inputs, parents);
  return parents[stage.index] ?? null;
}

function parentsOf({ dockerfile, buildArgs }: BuildInputs): readonly (number | null)[] {
  const globals = globalValues(dockerfile, buildArgs);
  return dockerfile.stages.map((stage) => {
    const from = expandWord(stage.from, (name) => globals.get(name), dockerfile.directives.escape) ?? stage.from;
    const base = stageBase(dockerfile, stage, from);
    return base.kind === 'stage' ? base.index : null;
  });
}
