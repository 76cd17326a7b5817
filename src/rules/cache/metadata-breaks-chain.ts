import { unknownCost } from '../../cache/step-costs.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { costOfRunningAlways, isKnownToRunAlways } from './cost-per-commit.ts';
import { laterSteps } from './later-steps.ts';
import { linesOf, locationOf, placeOf } from './place.ts';
import { isMetadata, writesFiles } from './step-kinds.ts';
import { mentionsAny } from './variable-uses.ts';
import { type VolatileArgument, volatileArguments } from './volatile-arguments.ts';
import { rerunByArgument, withoutInstruction } from './what-if.ts';

/** LABEL and the like with a value that changes: where these are links of the chain, what comes after re-runs. */
export const metadataBreaksChain: CacheRule = {
  name: 'metadata-breaks-chain',
  // BuildKit keeps them out of every key.
  check: (input) =>
    input.model.builder === 'buildkit'
      ? []
      : volatileArguments(input).flatMap((argument) => findingsFor(argument, input)),
};

function findingsFor({ name, pace, at }: VolatileArgument, input: CacheRuleInput): CacheRuleFinding[] {
  const { inputs, model } = input;
  const rerun = rerunByArgument(input, name);
  return laterSteps(input, at).flatMap(({ step, at: next }): CacheRuleFinding[] => {
    if (!isMetadata(step.command) || !rerun.has(step.instruction)) return [];
    if (!mentionsAny(step.command.text, new Set([name]))) return [];
    const dockerfile = withoutInstruction(inputs.dockerfile, step.instruction);
    const anyway = rerunByArgument({ model, inputs: { ...inputs, dockerfile } }, name);
    const harmed = laterSteps(input, next)
      .map((later) => later.step)
      .filter(({ command, instruction }) => writesFiles(command) && rerun.has(instruction) && !anyway.has(instruction));
    if (harmed.length === 0 || isKnownToRunAlways(harmed, input.replay)) return [];
    return [
      {
        severity: 'warning',
        message: `${placeOf(step.instruction)} is a link of the chain for ${model.builder}: each new value of ${name} re-runs ${linesOf(harmed.map(({ instruction }) => instruction))}.`,
        help: 'Move it to the end of its stage.',
        location: locationOf(step.instruction),
        ...(pace === 'build' ? costOfRunningAlways(harmed, input) : unknownCost),
        fix: null,
      },
    ];
  });
}
