import type { CacheModel } from '../cache-model.ts';
import { keyLinearly } from '../linear/linear-model.ts';
import { stagesUpToTarget } from '../linear/stages-up-to-target.ts';
import { kanikoParts } from './parts.ts';

/**
 * kaniko with `--cache --cache-copy-layers`, read from its source (pkg/executor/build.go) and never measured. One composite
 * key grows along a stage, so every instruction counts; a stage that starts from another one goes on with its key.
 */
export const kanikoModel: CacheModel = {
  builder: 'kaniko',
  keySteps: (inputs) =>
    keyLinearly(inputs, {
      stages: stagesUpToTarget,
      baseIdentity: ({ identity }) => identity,
      argumentsOf: 'stage-before',
      stageTriggers: 'carried-out',
      parts: kanikoParts,
      isFoundAgain: () => true,
    }),
};
