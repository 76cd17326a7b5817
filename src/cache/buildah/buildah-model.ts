import { createHash } from 'node:crypto';
import type { BaseImage } from '../build-inputs.ts';
import type { CacheModel } from '../cache-model.ts';
import { keyLinearly } from '../linear/linear-model.ts';
import { neededStages } from '../linear/needed-stages.ts';
import { isFoundAgain } from './found-again.ts';
import { buildahParts } from './parts.ts';

/**
 * buildah, and so podman. A step is found again where an image has the same layers and the same history up to there, and one
 * more entry with the same text: so every instruction counts, mostly as it is written. Stages that the target does not need
 * are left out.
 */
export const buildahModel: CacheModel = {
  builder: 'buildah',
  keySteps: (inputs) =>
    keyLinearly(inputs, {
      stages: neededStages,
      baseIdentity,
      argumentsOf: 'base-stage',
      // Images in OCI's format, which is what it makes of stages, have no triggers.
      stageTriggers: 'dropped',
      parts: buildahParts,
      isFoundAgain,
    }),
};

/** Labels, variables and dates of an image are not looked at. */
function baseIdentity({ identity, config }: BaseImage): string {
  if (config === null) return identity;
  const { diffIds, history } = config;
  return createHash('sha256')
    .update(JSON.stringify([diffIds, history]))
    .digest('hex');
}
