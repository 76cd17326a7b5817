import type { DockerfileBuilder } from '../dockerfile/step-record.ts';
import type { BuildInputs } from './build-inputs.ts';
import type { KeyedStep } from './keyed-step.ts';

/** How one builder makes cache keys. */
export interface CacheModel {
  readonly builder: DockerfileBuilder;
  /**
   * The steps that the builder would carry out for the target, stage by stage as they stand in the file; stages that the
   * target does not need are left out where the builder leaves them out. `parents` and `from` point to earlier steps.
   */
  readonly keySteps: (inputs: BuildInputs) => readonly KeyedStep[];
}
