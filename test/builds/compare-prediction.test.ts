import { expect, test } from 'vitest';
import { comparePrediction } from '../../src/builds/compare-prediction.ts';
import { matchSteps } from '../../src/builds/log/match-steps.ts';
import type { StepStatus } from '../../src/cache/cache-records.ts';
import type { Dockerfile } from '../../src/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { readLog } from './fixture.ts';

const dockerfile = parseDockerfile('FROM a\nRUN one\nRUN two\nRUN three\n');

const surprises = (log: string, ...statuses: readonly StepStatus[]): string[] => surprisesOf(dockerfile, log, statuses);

/** Surprises as `line keyword expected`. @param statuses of all lines, FROM included */
function surprisesOf(dockerfile: Dockerfile, log: string, statuses: readonly StepStatus[]): string[] {
  const [stage] = dockerfile.stages;
  if (stage === undefined) throw new Error('no stage');
  const predicted = stage.instructions.map((instruction, at) => ({
    step: { stage, instruction, command: instruction },
    status: statuses[at] ?? 'cached',
  }));
  const matched = matchSteps(readLog(log), dockerfile, new Map());
  return comparePrediction(predicted, matched).map(({ line, keyword, expected }) => `${line} ${keyword} ${expected}`);
}

const log =
  '#1 [1/4] FROM a\n#1 DONE 1.0s\n#2 [2/4] RUN one\n#2 CACHED\n#3 [3/4] RUN two\n#3 DONE 1.0s\n#4 [4/4] RUN three\n#4 DONE 1.0s\n';

test('there is no surprise where all came as expected; of FROM nothing is', () => {
  expect(surprises(log, 'cached', 'cached', 'rerun', 'rerun')).toEqual([]);
});

test('a step that ran or was cached against its key is one', () => {
  expect(surprises(log, 'cached', 'rerun', 'cached', 'rerun')).toEqual(['2 RUN rerun', '3 RUN cached']);
});

test('what depends on another stage may do either, and a step that the log leaves out does nothing', () => {
  expect(surprises(log, 'cached', 'depends', 'depends', 'noop')).toEqual([]);
  expect(surprises('#2 [2/4] RUN one\n#2 CACHED\n', 'cached', 'cached', 'cached', 'cached')).toEqual([]);
});

test('of several platforms all have to be cached', () => {
  const two = '#2 [linux/amd64 2/4] RUN one\n#2 CACHED\n#3 [linux/arm64 2/4] RUN one\n#3 DONE 1.0s\n';
  expect(surprises(two, 'cached', 'cached')).toEqual(['2 RUN cached']);
});

test('a COPY --link that is cached and merged anew is none, as the plain log does not tell that from a copy', () => {
  const linked = parseDockerfile('FROM a\nCOPY --link b c\n');
  const log = '#2 [2/2] COPY --link b c\n#2 merging 0.1s done\n#2 DONE 0.1s\n';
  expect(surprisesOf(linked, log, ['cached', 'cached'])).toEqual([]);
  expect(surprisesOf(linked, log.replace('DONE 0.1s', 'CACHED'), ['cached', 'rerun'])).toEqual(['2 COPY rerun']);
});
