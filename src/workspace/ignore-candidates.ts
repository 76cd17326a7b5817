import { join } from 'node:path';
import type { DockerfileBuilder } from '../dockerfile/step-record.ts';

/**
 * Where a builder looks for an ignore file; the first one that is there applies, alone. The classic builder knows nothing of
 * a Dockerfile's own, and buildah has two names for everything (test/engines/workspace).
 * @param dockerfile its path @param context path of the context, of the same kind
 */
export function ignoreCandidates(builder: DockerfileBuilder, dockerfile: string, context: string): readonly string[] {
  const inContext = join(context, '.dockerignore');
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
        join(context, '.containerignore'),
        inContext,
      ];
  }
}
