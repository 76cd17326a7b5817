import { join } from 'node:path';
import type { DockerfileBuilder } from '../dockerfile/step-record.ts';

/**
 * Where a builder looks for an ignore file; the first one that is there applies, alone. The classic builder knows nothing of
 * a Dockerfile's own, and buildah has two names for everything (test/engines/workspace).
 * @param directory path of the context @param dockerfile a path of the same kind
 */
export function ignoreCandidates(builder: DockerfileBuilder, directory: string, dockerfile: string): readonly string[] {
  const inContext = join(directory, '.dockerignore');
  switch (builder) {
    case 'classic':
      return [inContext];
    case 'buildkit':
    case 'kaniko':
      return [`${dockerfile}.dockerignore`, inContext];
    case 'buildah':
      return [
        `${dockerfile}.dockerignore`,
        `${dockerfile}.containerignore`,
        join(directory, '.containerignore'),
        inContext,
      ];
  }
}
