import type { Dockerfile, NameValue } from '../../dockerfile/dockerfile.ts';
import { type Pace, paceOf } from '../volatile-names.ts';
import { pairsOf } from './variable-names.ts';

/** Arguments that the stages declare and that are given another value with every build, by their names. */
export function changingArguments(dockerfile: Dockerfile): readonly string[] {
  const declared = dockerfile.stages
    .flatMap(({ instructions }) => instructions)
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(pairsOf);
  return [...new Set(declared.filter((pair) => paceOfArgument(pair, dockerfile) === 'build').map(({ name }) => name))];
}

/** How often an argument changes; SOURCE_DATE_EPOCH is read by compilers, archivers and installers alike, and not counted. */
export function paceOfArgument({ name, value }: NameValue, { globalArgs }: Dockerfile): Pace | null {
  const written = value ?? globalArgs.flatMap(pairsOf).findLast((each) => each.name === name)?.value ?? null;
  return name === 'SOURCE_DATE_EPOCH' ? null : paceOf(name, written?.replaceAll(/["']/g, '') ?? null);
}
