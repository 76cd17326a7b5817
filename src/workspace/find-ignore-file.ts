import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DockerfileBuilder } from '../dockerfile/step-record.ts';
import { problem, reasonOf } from '../errors.ts';
import { isMissing } from './missing.ts';

/** The file that says what is left out of a build context. */
export interface IgnoreFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Finds the ignore file as a builder does: BuildKit and buildah look beside the Dockerfile first; buildah has names of its
 * own before the usual ones. Null where there is none. @throws LayerscopeError `not-readable`
 */
export async function findIgnoreFile(
  builder: DockerfileBuilder,
  directory: string,
  dockerfile: string,
): Promise<IgnoreFile | null> {
  for (const path of candidates(builder, directory, dockerfile)) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw problem('not-readable', { path, reason: reasonOf(error) }, error);
    });
    if (text !== null) return { path, text };
  }
  return null;
}

function candidates(builder: DockerfileBuilder, directory: string, dockerfile: string): readonly string[] {
  const inContext = join(directory, '.dockerignore');
  switch (builder) {
    case 'buildkit':
    case 'kaniko':
      return [`${dockerfile}.dockerignore`, inContext];
    case 'classic':
      return [inContext];
    case 'buildah':
      return [
        `${dockerfile}.containerignore`,
        `${dockerfile}.dockerignore`,
        join(directory, '.containerignore'),
        inContext,
      ];
  }
}
