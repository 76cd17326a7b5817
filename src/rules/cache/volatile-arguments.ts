import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { CacheRuleInput } from './cache-rule.ts';
import { pairsOf } from './variable-uses.ts';
import { type Pace, paceOf } from '../../cache/volatile-names.ts';

/** A build argument that gets other values, where a stage declares it. */
export interface VolatileArgument {
  readonly name: string;
  readonly pace: Pace;
  readonly step: KeyedStep;
  /** Of `step`. */
  readonly at: number;
}

/** More than a Dockerfile has that people write; each is asked of the model. */
const most = 64;

/** Arguments of the build's stages that are another one with each build or each release. */
export function volatileArguments({ inputs, steps }: CacheRuleInput): readonly VolatileArgument[] {
  const globals = new Map(inputs.dockerfile.globalArgs.flatMap(pairsOf).map(({ name, value }) => [name, value]));
  const found = steps.flatMap((step, at) => {
    if (step.command.keyword !== 'ARG') return [];
    return pairsOf(step.command).flatMap(({ name, value }) => {
      const written = value ?? globals.get(name) ?? null;
      const pace = paceOf(name, written === null ? null : written.replaceAll(/["']/g, ''));
      return pace === null ? [] : [{ name, pace, step, at }];
    });
  });
  return found.slice(0, most);
}
