import type { DockerfileBuilder } from '../dockerfile/step-record.ts';
import { buildahModel } from './buildah/buildah-model.ts';
import { buildkitModel } from './buildkit/buildkit-model.ts';
import type { CacheModel } from './cache-model.ts';
import { classicModel } from './classic/classic-model.ts';
import { kanikoModel } from './kaniko/kaniko-model.ts';

const models: Readonly<Record<DockerfileBuilder, CacheModel>> = {
  buildkit: buildkitModel,
  classic: classicModel,
  buildah: buildahModel,
  kaniko: kanikoModel,
};

/** How a builder makes cache keys. */
export function modelOf(builder: DockerfileBuilder): CacheModel {
  return models[builder];
}
