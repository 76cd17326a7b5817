import { expect, test } from 'vitest';
import { type BuiltSteps, builtText } from '../../../src/report/cache/built-text.ts';
import { createPaint } from '../../../src/report/paint.ts';

const text = (built: BuiltSteps, width = 80): string => builtText(built, { width, paint: createPaint(false) });

const steps = [
  { line: 4, text: 'COPY package.json ./', cached: true, seconds: null },
  { line: 5, text: 'RUN npm ci', cached: false, seconds: 12.34 },
  { line: null, text: 'RUN \u001b[31mevil', cached: false, seconds: null },
];

test('steps with their times, and why there is no comparison', () => {
  expect(text({ steps, outcome: { kind: 'none', why: 'Nothing to compare with yet.' } })).toBe(
    [
      'Steps of the build  1 step cached, 2 ran in 12.3 s',
      'line    took',
      '   4  cached  COPY package.json ./',
      '   5  12.3 s  RUN npm ci',
      '         ran  RUN \\e[31mevil',
      '',
      'Nothing to compare with yet.',
      '',
    ].join('\n'),
  );
});

test('surprises, each with what it may come from', () => {
  const last = (outcome: BuiltSteps['outcome']): string[] =>
    text({ steps: [], outcome }).trimEnd().split('\n').slice(3);
  expect(last({ kind: 'compared', surprises: [] })).toEqual(['All steps did what cache explain predicts.']);
  expect(
    last({
      kind: 'compared',
      surprises: [
        { line: 2, keyword: 'RUN', expected: 'cached' },
        { line: 3, keyword: 'COPY', expected: 'rerun' },
      ],
    }),
  ).toEqual([
    'line 2 RUN was expected to be cached, and ran: its base image may be another now, or the builder may have forgotten it.',
    'line 3 COPY was expected to run, and was cached: from a build that was not made here, or of the same result.',
  ]);
});
