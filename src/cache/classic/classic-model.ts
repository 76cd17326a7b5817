import type { CacheModel } from '../cache-model.ts';
import { keyLinearly } from '../linear/linear-model.ts';
import { stagesUpToTarget } from '../linear/stages-up-to-target.ts';
import { classicParts } from './parts.ts';

/**
 * Docker's builder before BuildKit. A step is found again where its parent was, and where the container that would make it
 * has the same configuration: so every instruction counts. All stages up to the target are built.
 */
export const classicModel: CacheModel = {
  builder: 'classic',
  keySteps: (inputs) =>
    keyLinearly(inputs, {
      stages: stagesUpToTarget,
      baseIdentity: ({ identity }) => identity,
      argumentsOf: 'no-stage',
      stageTriggers: 'carried-out',
      parts: classicParts,
      isFoundAgain: () => true,
    }),
};
