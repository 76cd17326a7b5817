import { IgnoredTree } from '../../context/ignored-tree.ts';
import { createIgnore } from '../../dockerfile/ignore-file.ts';
import type { Dockerfile } from '../../dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { ReadText } from '../../packages/install-step.ts';
import type { BuildInputs } from '../build-inputs.ts';
import type { Replay } from '../replay/replay.ts';
import type { StepCosts } from '../step-costs.ts';
import { cacheMount } from './cache-mount.ts';
import type { Fix, RefusedFix } from './fix.ts';
import type { FixMove, FixSituation, Proposal } from './fix-move.ts';
import { ignoreNeedless } from './ignore-needless.ts';
import { mergeDeletion } from './merge-deletion.ts';
import { ownOnCopy } from './own-on-copy.ts';
import { sameConfiguration } from './same-configuration.ts';
import { sinkVolatile } from './sink-volatile.ts';
import { joinSource, originOf, splitSource } from './source-lines.ts';
import { splitManifests } from './split-manifests.ts';
import { spell } from './words.ts';

/** The Dockerfile and its ignore file as some changes made them. */
export interface FixedBuild {
  readonly dockerfile: Dockerfile;
  readonly ignoreText: string | null;
  /** By the lines of this Dockerfile. */
  readonly costs: StepCosts;
}

export interface FixInput {
  readonly builder: DockerfileBuilder;
  readonly text: string;
  /** Null where there is no ignore file. */
  readonly ignoreText: string | null;
  readonly inputs: BuildInputs;
  readonly textOf: ReadText;
  readonly costs: StepCosts;
  /** Rules whose findings are not to be mended, anywhere. */
  readonly silenced: ReadonlySet<string>;
  /** The history with another Dockerfile and ignore file; null without a repository. */
  readonly replay: ((build: FixedBuild) => Replay) | null;
}

/** In this order: what is left out of the context stands in the way of a split no more. */
const allMoves: readonly FixMove[] = [
  ignoreNeedless,
  sinkVolatile,
  splitManifests,
  mergeDeletion,
  ownOnCopy,
  cacheMount,
];

/** Each change makes the file better by its own measure, so it ends by itself; a hostile file must end soon. */
const mostChanges = 50;

interface State {
  readonly situation: FixSituation;
  readonly ignoreText: string | null;
}

/**
 * A Dockerfile that leads to the same image and re-runs less: small changes, each made only where it is shown to be safe.
 * Of what it gives, it proposes nothing more.
 */
export function proposeFix(input: FixInput): Fix {
  const { text, ignoreText, costs, silenced, replay } = input;
  const moves = allMoves.filter(({ rule }) => !silenced.has(rule));
  let state: State = { situation: situationOf(input, text), ignoreText };
  const measure = (now: State): Replay | null =>
    replay?.({
      dockerfile: now.situation.dockerfile,
      ignoreText: now.ignoreText,
      costs: costsNow(costs, now.situation),
    }) ?? null;
  const before = measure(state);
  let after = before;
  const changes: Fix['changes'][number][] = [];
  while (changes.length < mostChanges) {
    const step = nextStep(moves, state);
    if (step === null) break;
    const { rule, proposal, next } = step;
    const { lines } = state.situation;
    after = measure(next);
    changes.push({
      rule,
      line: originOf(lines, proposal.line),
      message: spell(proposal.message, lines),
      perCommit: saved(before, after),
    });
    state = next;
  }
  return {
    files: [
      { role: 'dockerfile', before: text, after: joinSource(state.situation.lines) },
      { role: 'ignore-file', before: ignoreText, after: state.ignoreText ?? '' },
    ].filter((file): file is Fix['files'][number] => (file.before ?? '') !== file.after),
    changes,
    refused: refusals(moves, state.situation),
    before,
    after,
  };
}

function situationOf({ builder, inputs, textOf }: FixInput, text: string): FixSituation {
  const { dockerfile, buildArgs, context } = inputs;
  return { builder, lines: splitSource(text), dockerfile, buildArgs, context, textOf };
}

interface Step {
  readonly rule: string;
  readonly proposal: Proposal;
  readonly next: State;
}

/** The first change that any move proposes and that leaves the image's configuration as it is. */
function nextStep(moves: readonly FixMove[], state: State): Step | null {
  for (const { rule, look } of moves) {
    for (const verdict of look(state.situation)) {
      if (!('proposal' in verdict)) continue;
      const next = apply(state, verdict.proposal);
      if (sameConfiguration(state.situation.dockerfile, next.situation.dockerfile))
        return { rule, proposal: verdict.proposal, next };
    }
  }
  return null;
}

function apply({ situation, ignoreText }: State, { change }: Proposal): State {
  switch (change.kind) {
    case 'dockerfile':
      return {
        situation: { ...situation, lines: change.lines, dockerfile: parseDockerfile(joinSource(change.lines)) },
        ignoreText,
      };
    case 'ignore': {
      const added = `${change.patterns.join('\n')}\n`;
      const start =
        ignoreText === null || ignoreText === '' || ignoreText.endsWith('\n') ? (ignoreText ?? '') : `${ignoreText}\n`;
      const ignored = new IgnoredTree(createIgnore(added));
      const context = situation.context === null ? null : ignored.of(situation.context);
      return { situation: { ...situation, context }, ignoreText: start + added };
    }
  }
}

/** What is known of a line's cost is known of it where it stands now. A new line's is not known. */
function costsNow(costs: StepCosts, { lines, dockerfile }: FixSituation): StepCosts {
  const now = dockerfile.stages
    .flatMap(({ instructions }) => instructions)
    .flatMap(({ startLine }) => {
      const origin = lines[startLine - 1]?.origin ?? null;
      const cost = origin === null ? undefined : costs.get(origin);
      return cost === undefined ? [] : [[startLine, cost] as const];
    });
  return new Map(now);
}

function saved(before: Replay | null, after: Replay | null): Replay['perCommit'] | null {
  if (before === null || after === null) return null;
  const difference = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
  const [a, b] = [before.perCommit, after.perCommit];
  return {
    steps: Math.round((a.steps - b.steps) * 1000) / 1000,
    bytes: difference(a.bytes, b.bytes),
    seconds: difference(a.seconds, b.seconds),
  };
}

function refusals(moves: readonly FixMove[], situation: FixSituation): readonly RefusedFix[] {
  const { lines } = situation;
  const all = moves.flatMap(({ rule, look }) =>
    look(situation).flatMap((verdict): RefusedFix[] =>
      'refusal' in verdict
        ? [{ rule, line: originOf(lines, verdict.refusal.line), reason: spell(verdict.refusal.reason, lines) }]
        : [],
    ),
  );
  const distinct = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...distinct.values()].sort((a, b) => a.line - b.line || (a.rule < b.rule ? -1 : 1));
}
