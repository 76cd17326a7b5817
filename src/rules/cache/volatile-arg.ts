import { unknownCost } from '../../cache/step-costs.ts';
import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { costOfRunningAlways, isKnownToRunAlways } from './cost-per-commit.ts';
import { laterSteps } from './later-steps.ts';
import { linesOf, locationOf, placeOf } from './place.ts';
import { writesFiles } from './step-kinds.ts';
import { firstUse, mentionsAny } from './variable-uses.ts';
import { type VolatileArgument, volatileArguments } from './volatile-arguments.ts';
import { rerunByArgument } from './what-if.ts';

/** An argument that gets another value with each build or release, before steps that have no use for it. */
export const volatileArg: CacheRule = {
  name: 'volatile-arg',
  check: (input) => volatileArguments(input).flatMap((argument) => findingFor(argument, input)),
};

function findingFor({ name, pace, step, at }: VolatileArgument, input: CacheRuleInput): CacheRuleFinding[] {
  const rerun = rerunByArgument(input, name);
  const use = firstUse(input, at, name);
  const unused = laterSteps(input, at).flatMap((next) => (use === null || next.at < use.at ? [next.step] : []));
  const harmed = unused.filter(({ instruction, command }) => writesFiles(command) && rerun.has(instruction));
  if (harmed.length === 0 || isKnownToRunAlways(harmed, input.replay)) return [];
  return [
    {
      severity: pace === 'build' ? 'warning' : 'info',
      message: `${placeOf(step.instruction)} comes before ${linesOf(harmed.map(({ instruction }) => instruction))}, which ${harmed.length === 1 ? 'does' : 'do'} not use ${name} and re-run${harmed.length === 1 ? 's' : ''} with each new value of it.`,
      help: `Move it${withWhat(unused, name)} down to ${use === null ? 'the end of its stage' : `just before ${placeOf(use.step.instruction)}`}.`,
      location: locationOf(step.instruction),
      ...(pace === 'build' ? costOfRunningAlways(harmed, input) : unknownCost),
      fix: null,
    },
  ];
}

/** Lines that hand the value on and have to move, too. */
function withWhat(steps: readonly KeyedStep[], name: string): string {
  const along = steps.filter(({ command }) => !writesFiles(command) && mentionsAny(command.text, new Set([name])));
  return along.length === 0 ? '' : ` and what it is for (${linesOf(along.map(({ instruction }) => instruction))})`;
}
