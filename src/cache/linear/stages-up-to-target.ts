import type { Stage } from '../../dockerfile/dockerfile.ts';
import { targetStage } from '../../dockerfile/stages.ts';
import type { BuildInputs } from '../build-inputs.ts';

/** All stages up to the target, needed or not. None where there is no such target. */
export function stagesUpToTarget({ dockerfile, target }: BuildInputs): readonly Stage[] {
  const last = targetStage(dockerfile, target);
  return last === null ? [] : dockerfile.stages.slice(0, last.index + 1);
}
