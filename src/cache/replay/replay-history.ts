import { withChanges } from '../../context/context-tree.ts';
import { IgnoredTree } from '../../context/ignored-tree.ts';
import { sameTree } from '../../context/same-tree.ts';
import type { Ignore } from '../../dockerfile/ignore-file.ts';
import type { BuildInputs } from '../build-inputs.ts';
import type { CacheModel } from '../cache-model.ts';
import { CacheRecords } from '../cache-records.ts';
import type { StepCosts } from '../step-costs.ts';
import type { CommitHistory } from './commit-history.ts';
import type { Replay } from './replay.ts';
import { ReplayTally } from './replay-tally.ts';

export interface ReplayInput {
  /** Of the present; its context is not looked at. */
  readonly inputs: BuildInputs;
  readonly model: CacheModel;
  readonly ignore: Ignore;
  readonly history: CommitHistory;
  readonly costs: StepCosts;
  /** Arguments that every commit's build is given another value of. */
  readonly changingArguments?: readonly string[];
}

/**
 * Builds each commit of a history in turn with the present Dockerfile, as far as keys go. At first the cache holds the start,
 * and it forgets nothing: what is reverted is found again.
 */
export function replayHistory(input: ReplayInput): Replay {
  const { inputs, model, ignore, history, costs, changingArguments = [] } = input;
  const argumentsAt = (id: string): BuildInputs['buildArgs'] =>
    new Map([...inputs.buildArgs, ...changingArguments.map((name) => [name, id] as const)]);
  const ignored = new IgnoredTree(ignore);
  let whole = history.start.tree;
  let context = ignored.of(whole);
  let steps = model.keySteps({ ...inputs, context, buildArgs: argumentsAt(history.start.id) });
  const records = new CacheRecords();
  records.add(steps);
  const tally = new ReplayTally(steps, costs);
  for (const commit of history.commits) {
    whole = withChanges(whole, commit.changes, 'go');
    const next = ignored.of(whole);
    // Of a large repository most commits are about something else than the context.
    if (changingArguments.length > 0 || !sameTree(next, context)) {
      context = next;
      steps = model.keySteps({ ...inputs, context, buildArgs: argumentsAt(commit.id) });
    }
    tally.count(commit, records.statusesOf(steps));
    records.add(steps);
  }
  return tally.replay(history.start.id);
}
