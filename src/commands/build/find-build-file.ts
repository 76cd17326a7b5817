import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestedBuild } from '../../builds/arguments/requested-build.ts';
import type { BuilderProgram } from '../../builds/builder-program.ts';

/** The Dockerfile that a build takes, as a path from here; null where it is none that can be read here. */
export function findBuildFile(program: BuilderProgram, { files, context }: RequestedBuild): string | null {
  const [file, ...others] = files;
  if (file === '-' || others.length > 0) return null;
  switch (program) {
    case 'docker':
    case 'buildx':
      return file ?? firstThere(context, ['Dockerfile', 'dockerfile']);
    case 'podman':
    case 'buildah':
      // A file that ends so goes through the C preprocessor first.
      if (file?.endsWith('.in') === true) return null;
      if (file === undefined) return firstThere(context, ['Containerfile', 'Dockerfile']);
      return existsSync(file) ? file : firstThere(context, [file]);
  }
}

function firstThere(context: string | null, names: readonly string[]): string | null {
  if (context === null) return null;
  return names.map((name) => join(context, name)).find((path) => existsSync(path)) ?? null;
}
