import type { BaseImage, BuildInputs } from '../../src/cache/build-inputs.ts';
import type { CacheModel } from '../../src/cache/cache-model.ts';
import { CacheRecords, type StepStatus } from '../../src/cache/cache-records.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import type { ContextNode } from '../../src/context/context-tree.ts';
import { tree } from '../context/tree-of.ts';

/** What a build is made of, as short as tests want it. */
export interface BuildOf {
  readonly dockerfile: string;
  /** A string is a file's content. */
  readonly files?: Readonly<Record<string, string | ContextNode>>;
  readonly args?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly bases?: Readonly<Record<string, BaseImage>>;
}

export function buildInputs({ dockerfile, files = {}, args = {}, target, bases = {} }: BuildOf): BuildInputs {
  return {
    dockerfile: parseDockerfile(dockerfile),
    target: target ?? null,
    buildArgs: new Map(Object.entries(args)),
    context: tree(files),
    bases: new Map(Object.entries(bases)),
  };
}

const letters: Readonly<Record<StepStatus, string>> = { cached: 'C', rerun: 'R', depends: 'D', noop: 'N' };

/** The statuses of a build's steps, FROM included, after another build: a letter each, stages parted by spaces. */
export function secondBuild(model: CacheModel, before: BuildOf, change: Partial<BuildOf>): string {
  const records = new CacheRecords();
  records.add(model.keySteps(buildInputs(before)));
  const steps = model.keySteps(buildInputs({ ...before, ...change }));
  return steps
    .map((step) => `${step.instruction.keyword === 'FROM' ? ' ' : ''}${letters[records.statusOf(step)]}`)
    .join('')
    .trim();
}
