import type { BuildInputs } from '../../cache/build-inputs.ts';
import type { Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { stageBase } from '../../dockerfile/stages.ts';

/** The stage that another one starts from, by its index; null where that is an image. */
export function parentStage({ dockerfile, buildArgs }: BuildInputs, stage: Stage): number | null {
  const globals = globalValues(dockerfile, buildArgs);
  const from = expandWord(stage.from, (name) => globals.get(name), dockerfile.directives.escape) ?? stage.from;
  const base = stageBase(dockerfile, stage, from);
  return base.kind === 'stage' ? base.index : null;
}
