import { modelOf } from '../../../src/cache/models.ts';
import type { BuildInputs } from '../../../src/cache/build-inputs.ts';
import type { Replay, ReplayedLine } from '../../../src/cache/replay/replay.ts';
import { type StepCost, unknownCost } from '../../../src/cache/step-costs.ts';
import { type ContextNode, emptyContext, withChanges } from '../../../src/context/context-tree.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import type { DockerfileBuilder } from '../../../src/dockerfile/step-record.ts';
import type { CacheRule, CacheRuleFinding, CacheRuleInput } from '../../../src/rules/cache/cache-rule.ts';

/** What a test says of a build; the rest is as little as can be. */
export interface Build {
  readonly builder?: DockerfileBuilder;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Files of the context by path: their text, or a mode. */
  readonly files?: Readonly<Record<string, string | number>>;
  readonly history?: History;
  /** By line. */
  readonly costs?: Readonly<Record<number, Partial<StepCost>>>;
}

/** What a replay of 100 commits said. */
export interface History {
  /** By line: of 100 commits, how many re-ran it, and in how many it was where the chain broke. */
  readonly reruns?: Readonly<Record<number, number>>;
  readonly firstMisses?: Readonly<Record<number, number>>;
  readonly churn?: Readonly<Record<string, number>>;
  readonly perCommit?: Replay['perCommit'];
  /** What a commit costs with these lines in the ignore file, too. */
  readonly ignoring?: (lines: readonly string[]) => Replay['perCommit'];
}

/** Runs one rule over a build. */
export function check(rule: CacheRule, dockerfile: string, build: Build = {}): CacheRuleFinding[] {
  return rule.check(inputOf(dockerfile, build));
}

/** The lines that a rule has something to say about. */
export function linesFound(rule: CacheRule, dockerfile: string, build: Build = {}): number[] {
  return check(rule, dockerfile, build).map(({ location }) => location.startLine);
}

export function inputOf(
  dockerfile: string,
  { builder = 'buildkit', buildArgs = {}, files = {}, history, costs = {} }: Build = {},
): CacheRuleInput {
  const model = modelOf(builder);
  const changes = Object.entries(files).map(([path, what]) => ({ path, node: nodeOf(what) }));
  const inputs: BuildInputs = {
    dockerfile: parseDockerfile(dockerfile),
    target: null,
    buildArgs: new Map(Object.entries(buildArgs)),
    context: withChanges(emptyContext, changes),
    bases: new Map(),
  };
  const steps = model.keySteps(inputs);
  const lines = steps.map((step): ReplayedLine => {
    const line = step.instruction.startLine;
    const reruns = history?.reruns?.[line] ?? 0;
    const firstMisses = history?.firstMisses?.[line] ?? 0;
    return { step, reruns, depends: 0, rate: reruns / 100, firstMisses, cost: unknownCost };
  });
  const replayOf = (perCommit: Replay['perCommit']): Replay => ({
    from: 'a'.repeat(40),
    to: 'b'.repeat(40),
    perCommit,
    lines,
    commits: Array.from({ length: 100 }, (_, at) => ({
      id: at.toString(16).padStart(40, '0'),
      date: '2026-01-02T03:04:05Z',
      subject: '',
      firstMiss: null,
      rerun: 0,
      cost: unknownCost,
    })),
    churn: new Map(Object.entries(history?.churn ?? {})),
  });
  const perCommit = history?.perCommit ?? { steps: 1, ...unknownCost };
  return {
    model,
    inputs,
    steps,
    textOf: (path) => {
      const text = files[path];
      return typeof text === 'string' ? text : null;
    },
    replay: history === undefined ? null : replayOf(perCommit),
    replayIgnoring: history === undefined ? null : (ignored) => replayOf(history.ignoring?.(ignored) ?? perCommit),
    costs: new Map(Object.entries(costs).map(([line, cost]) => [Number(line), { ...unknownCost, ...cost }])),
  };
}

function nodeOf(what: string | number): ContextNode {
  return typeof what === 'number'
    ? { kind: 'file', mode: what, content: 'the same' }
    : { kind: 'file', mode: 0o644, content: what };
}
