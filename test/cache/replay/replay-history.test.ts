import { describe, expect, it } from 'vitest';
import { buildkitModel } from '../../../src/cache/buildkit/buildkit-model.ts';
import { classicModel } from '../../../src/cache/classic/classic-model.ts';
import type { CommitHistory } from '../../../src/cache/replay/commit-history.ts';
import type { Replay } from '../../../src/cache/replay/replay.ts';
import { type ReplayInput, replayHistory } from '../../../src/cache/replay/replay-history.ts';
import type { StepCosts } from '../../../src/cache/step-costs.ts';
import type { ContextNode } from '../../../src/context/context-tree.ts';
import { createIgnore } from '../../../src/dockerfile/ignore-file.ts';
import { contextOf } from '../../context/context-of.ts';
import { inputsOf } from '../inputs-of.ts';

type Changes = Readonly<Record<string, string | null>>;

const file = (content: string): ContextNode => ({ kind: 'file', mode: 0o644, content });

/** A history from texts: the files at the start, and what each commit made of some; null is gone. */
function historyOf(start: Readonly<Record<string, string>>, ...commits: readonly Changes[]): CommitHistory {
  return {
    start: { id: 'c0', tree: contextOf(start) },
    commits: commits.map((changes, at) => ({
      id: `c${at + 1}`,
      date: '2024-01-01T00:00:00Z',
      subject: `commit ${at + 1}`,
      changes: Object.entries(changes).map(([path, content]) => ({
        path,
        node: content === null ? null : file(content),
      })),
    })),
  };
}

function replayOf(dockerfile: string, history: CommitHistory, input: Partial<ReplayInput> = {}): Replay {
  return replayHistory({
    inputs: inputsOf(dockerfile),
    model: buildkitModel,
    ignore: createIgnore(''),
    history,
    costs: new Map(),
    ...input,
  });
}

/** `line: re-runs, of those depending, first misses`. */
function counts({ lines }: Replay): string[] {
  return lines.map(
    ({ step, reruns, depends, firstMisses }) => `${step.instruction.startLine}: ${reruns} ${depends} ${firstMisses}`,
  );
}

const broad = 'FROM base\nWORKDIR /app\nENV A=1\nCOPY . .\nRUN install\nLABEL l=1\nRUN build\n';
const split = 'FROM base\nWORKDIR /app\nCOPY package.json .\nRUN install\nCOPY src src\nRUN build\n';
const start = { 'package.json': '1', 'src/a': '1', 'README.md': '1' };

describe('a replay', () => {
  it('counts by line and by commit what would have run again', () => {
    const history = historyOf(start, { 'src/a': '2' }, { 'package.json': '2' }, { 'README.md': '2' }, {});
    expect(counts(replayOf(broad, history))).toEqual(['1: 0 0 0', '2: 0 0 0', '4: 3 0 3', '5: 3 0 0', '7: 3 0 0']);
    const replay = replayOf(split, history);
    expect(counts(replay)).toEqual(['1: 0 0 0', '2: 0 0 0', '3: 1 0 1', '4: 1 0 0', '5: 2 0 1', '6: 2 0 0']);
    expect(replay.lines.map(({ rate }) => rate)).toEqual([0, 0, 0.25, 0.25, 0.5, 0.5]);
    expect(replay.commits.map(({ id, rerun, firstMiss }) => [id, rerun, firstMiss?.instruction.startLine])).toEqual([
      ['c1', 2, 5],
      ['c2', 4, 3],
      ['c3', 0, undefined],
      ['c4', 0, undefined],
    ]);
    expect(replay).toMatchObject({ from: 'c0', to: 'c4', perCommit: { steps: 1.5, bytes: null, seconds: null } });
  });

  it('finds again what was reverted', () => {
    const history = historyOf(
      start,
      { 'src/a': '2' },
      { 'src/a': '1' },
      { 'src/a': '2' },
      { 'src/b': '1' },
      { 'src/b': null },
    );
    expect(replayOf(split, history).commits.map(({ rerun }) => rerun)).toEqual([2, 0, 0, 2, 0]);
  });

  it('leaves out what is ignored, but counts how often it changed', () => {
    const history = historyOf(start, { 'README.md': '2' }, { 'README.md': '3', 'src/a': '2' });
    const replay = replayOf(broad, history, { ignore: createIgnore('*.md') });
    expect(replay.commits.map(({ rerun }) => rerun)).toEqual([0, 3]);
    expect([...replay.churn]).toEqual([
      ['README.md', 2],
      ['src/a', 1],
    ]);
  });

  it('asks the model only where the context is another one', () => {
    let asked = 0;
    const model = {
      ...buildkitModel,
      keySteps: (...args: Parameters<typeof buildkitModel.keySteps>) => (asked++, buildkitModel.keySteps(...args)),
    };
    const history = historyOf(start, { 'README.md': '2' }, { 'src/a': '1' }, {}, { 'src/a': '2' });
    replayOf(broad, history, { model, ignore: createIgnore('*.md') });
    expect(asked).toBe(2);
  });

  it('counts what depends on the output of another stage as re-run, and apart', () => {
    const stages = 'FROM base AS build\nCOPY src src\nRUN make\nFROM base\nCOPY --from=build /out /out\nRUN use\n';
    const replay = replayOf(stages, historyOf(start, { 'src/a': '2' }));
    expect(counts(replay)).toEqual(['1: 0 0 0', '2: 1 0 1', '3: 1 0 0', '4: 0 0 0', '5: 1 1 0', '6: 1 1 0']);
  });

  it('knows that metadata are steps for a builder with a chain', () => {
    const replay = replayOf(broad, historyOf(start, { 'src/a': '2' }), { model: classicModel });
    expect(counts(replay).slice(2)).toEqual(['3: 0 0 0', '4: 1 0 1', '5: 1 0 0', '6: 1 0 0', '7: 1 0 0']);
  });

  it('of no commits has nothing to count', () => {
    expect(replayOf(split, historyOf(start))).toMatchObject({
      from: 'c0',
      to: 'c0',
      perCommit: { steps: 0, bytes: null, seconds: null },
      commits: [],
    });
  });
});

describe('what a replay costs', () => {
  const costs: StepCosts = new Map([
    [3, { bytes: 10, seconds: null }],
    [4, { bytes: 1000, seconds: 60 }],
    [5, { bytes: 30, seconds: null }],
    [6, { bytes: null, seconds: 5 }],
  ]);
  const history = historyOf(start, { 'src/a': '2' }, { 'package.json': '2' }, { 'README.md': '2' }, {});

  it('is what is known of the steps that run again, nothing where none does', () => {
    const replay = replayOf(split, history, { costs });
    expect(replay.commits.map(({ cost }) => cost)).toEqual([
      { bytes: 30, seconds: 5 },
      { bytes: 1040, seconds: 65 },
      { bytes: 0, seconds: 0 },
      { bytes: 0, seconds: 0 },
    ]);
    expect(replay.perCommit).toEqual({ steps: 1.5, bytes: 267.5, seconds: 17.5 });
    expect(replay.lines.map(({ cost }) => cost)).toEqual([
      { bytes: null, seconds: null },
      { bytes: null, seconds: null },
      { bytes: 10, seconds: null },
      { bytes: 1000, seconds: 60 },
      { bytes: 60, seconds: null },
      { bytes: null, seconds: 10 },
    ]);
  });

  it('is not known where nothing is', () => {
    const onlyBytes: StepCosts = new Map([[4, { bytes: 1000, seconds: null }]]);
    const replay = replayOf(split, history, { costs: onlyBytes });
    expect(replay.commits.map(({ cost }) => cost)).toEqual([
      { bytes: null, seconds: null },
      { bytes: 1000, seconds: null },
      { bytes: 0, seconds: null },
      { bytes: 0, seconds: null },
    ]);
  });
});
