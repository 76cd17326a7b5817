import type { BaseImage, BuildInputs } from '../../src/cache/build-inputs.ts';
import type { DirectoryNode } from '../../src/context/context-tree.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { contextOf } from '../context/context-of.ts';

export interface Inputs {
  readonly args?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly context?: DirectoryNode;
  readonly target?: string;
  readonly bases?: ReadonlyMap<string, BaseImage>;
}

/** What a build is made of, from texts. */
export function inputsOf(
  dockerfile: string,
  { args = {}, files = {}, context, target, bases }: Inputs = {},
): BuildInputs {
  return {
    dockerfile: parseDockerfile(dockerfile),
    target: target ?? null,
    buildArgs: new Map(Object.entries(args)),
    context: context ?? contextOf(files),
    bases: bases ?? new Map(),
  };
}
