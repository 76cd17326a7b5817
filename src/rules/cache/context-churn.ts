import type { Replay } from '../../cache/replay/replay.ts';
import { type StepCost, unknownCost } from '../../cache/step-costs.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from './cache-rule.ts';
import { costOfRunningAlways } from './cost-per-commit.ts';
import { laterSteps } from './later-steps.ts';
import { needlessKinds } from './needless-kinds.ts';
import { type NeedlessPath, needlessPaths } from './needless-paths.ts';
import { locationOf, placeOf } from './place.ts';

/** As many as a sentence bears. */
const listed = 4;

/** A path with how many commits changed it, as far as git knows of it. */
interface ChangingPath extends NeedlessPath {
  readonly times: number;
}

/** A build context that takes in what changes often and is not needed. One finding, for there is one ignore file. */
export const contextChurn: CacheRule = {
  name: 'context-churn',
  check: (input) => {
    const paths = changing(needlessPaths(input), input);
    const [first] = paths;
    if (first === undefined) return [];
    const lines = [...new Set(paths.map(({ path, kind }) => kind.line ?? path))];
    const untracked = paths.filter(({ kind }) => !kind.tracked);
    const spared = untracked.length > 0 ? null : sparedBy(lines, input);
    // Whatever touches these touches something else, too.
    if (spared !== null && spared.steps <= 0) return [];
    return [
      findingFor(
        first,
        paths,
        lines,
        untracked.length > 0 ? alwaysCost(untracked, input) : (spared ?? unknownCost),
        input,
      ),
    ];
  },
};

function findingFor(
  { step }: NeedlessPath,
  paths: readonly ChangingPath[],
  lines: readonly string[],
  cost: StepCost,
  { replay }: CacheRuleInput,
): CacheRuleFinding {
  const shown = paths.slice(0, listed).map((path) => `${path.path} (${seen(path, replay)})`);
  const more = paths.length > listed ? ` and ${paths.length - listed} more` : '';
  return {
    severity: 'warning',
    message: `${placeOf(step.instruction)} takes what changes often and nothing in the build asks for: ${shown.join(', ')}${more}. Each change re-runs it and what comes after.`,
    help: `Add to .dockerignore: ${lines.join(' ')}`,
    location: locationOf(step.instruction),
    bytes: cost.bytes,
    seconds: cost.seconds,
    fix: lines.join('\n'),
  };
}

function seen({ times, kind }: ChangingPath, replay: Replay | null): string {
  return times === 0 || replay === null ? kind.what : `${kind.what}, in ${times} of ${replay.commits.length} commits`;
}

/** What git keeps has to have changed; what it does not keep differs from checkout to checkout. */
function changing(paths: readonly NeedlessPath[], { replay }: CacheRuleInput): readonly ChangingPath[] {
  return paths
    .map((path) => ({ ...path, times: replay === null || !path.kind.tracked ? 0 : changesOf(path.path, replay) }))
    .filter(({ kind, times }) => !kind.tracked || times > 0)
    .sort(
      (a, b) =>
        Number(a.kind.tracked) - Number(b.kind.tracked) ||
        b.times - a.times ||
        needlessKinds.indexOf(a.kind) - needlessKinds.indexOf(b.kind),
    );
}

/** In how many commits at least a path, or something below it, changed. */
function changesOf(path: string, { churn }: Replay): number {
  let most = 0;
  for (const [changed, times] of churn)
    if (changed === path || changed.startsWith(`${path}/`)) most = Math.max(most, times);
  return most;
}

/** What commits cost less with more in the ignore file, on average. */
function sparedBy(lines: readonly string[], { replay, replayIgnoring }: CacheRuleInput): Replay['perCommit'] | null {
  if (replay === null || replayIgnoring === null) return null;
  const { perCommit } = replayIgnoring(lines);
  return {
    steps: replay.perCommit.steps - perCommit.steps,
    bytes: difference(replay.perCommit.bytes, perCommit.bytes),
    seconds: difference(replay.perCommit.seconds, perCommit.seconds),
  };
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : before - after;
}

/** Of what is another in every checkout (`.git`), and so of every step from there on. */
function alwaysCost(paths: readonly NeedlessPath[], input: CacheRuleInput): StepCost {
  if (!paths.some(({ kind }) => kind.what === 'version control')) return unknownCost;
  const taking = new Set(paths.map(({ step }) => step));
  for (const { step } of paths)
    for (const later of laterSteps(input, input.steps.indexOf(step))) taking.add(later.step);
  return costOfRunningAlways([...taking], input);
}
