import type { KeyedStep } from '../../cache/keyed-step.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { costOfRunningAlways } from './cost-per-commit.ts';
import { laterSteps } from './later-steps.ts';
import { linesOf, locationOf, placeOf } from './place.ts';
import { writesFiles } from './step-kinds.ts';
import { rerunByArgument } from './what-if.ts';

const epoch = 'SOURCE_DATE_EPOCH';

/** A WORKDIR under SOURCE_DATE_EPOCH: the directory's time is in its key, and so in that of everything after it. */
export const workdirEpoch: CacheRule = {
  name: 'workdir-epoch',
  check: (input) => (setsEpoch(input) ? check(input) : []),
};

/** Only the first such line of a chain: those after it re-run because of it. */
function check(input: CacheRuleInput): CacheRuleFinding[] {
  const { steps } = input;
  const rerun = rerunByArgument(input, epoch);
  const rerunAt = (index: number): boolean => {
    const parent = steps[index];
    return parent !== undefined && rerun.has(parent.instruction);
  };
  const blamed = new Set<KeyedStep>();
  return steps.flatMap((step, at): CacheRuleFinding[] => {
    // What re-runs before it may do so for the argument alone, as a RUN does.
    const starts = rerun.has(step.instruction) && !step.parents.some((each) => rerunAt(each));
    if (step.command.keyword !== 'WORKDIR' || !starts || blamed.has(step)) return [];
    const later = laterSteps(input, at)
      .map((later) => later.step)
      .filter(({ instruction }) => rerun.has(instruction));
    for (const each of later) blamed.add(each);
    const costly = later.filter(({ command }) => writesFiles(command));
    if (costly.length === 0) return [];
    return [
      {
        severity: 'warning',
        message: `${placeOf(step.instruction)} makes a directory with the time in ${epoch}: with each new value it re-runs, and so ${costly.length === 1 ? 'does' : 'do'} ${linesOf(costly.map(({ instruction }) => instruction))}.`,
        help: `Put WORKDIR after what takes long (cd in RUN and absolute paths in COPY until then), or give ${epoch} a value that is not each commit's.`,
        location: locationOf(step.instruction),
        ...costOfRunningAlways(costly, input),
        fix: null,
      },
    ];
  });
}

function setsEpoch({ inputs: { dockerfile, buildArgs } }: CacheRuleInput): boolean {
  if (buildArgs.has(epoch)) return true;
  const all = [...dockerfile.globalArgs, ...dockerfile.stages.flatMap(({ instructions }) => instructions)];
  return all.some(
    ({ keyword, arguments: parsed }) =>
      keyword === 'ARG' && parsed.form === 'pairs' && parsed.pairs.some(({ name }) => name === epoch),
  );
}
