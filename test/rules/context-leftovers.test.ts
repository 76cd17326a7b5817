import { expect, test } from 'vitest';
import { contextLeftovers } from '../../src/rules/context-leftovers.ts';
import { file, whiteout } from '../write-layer.ts';
import { check } from './check-rule.ts';

const everything = {
  'app/.git/objects/aa/x': file(2000),
  'app/node_modules/a/index.js': file(3000),
  'app/__pycache__/m.pyc': file(1500),
  'app/src/main.js': file(9000),
};

test('finds them all where the files come from the context', () => {
  const findings = check(contextLeftovers, { run: 'COPY . /app', holds: everything, copiesFrom: 'context' });
  expect(findings.map(({ bytes, path }) => [bytes, path])).toEqual([
    [2000, '/app/.git/objects/aa/x'],
    [3000, '/app/node_modules/a/index.js'],
    [1500, '/app/__pycache__/m.pyc'],
  ]);
  expect(findings[0]?.help).toContain('**/.git');
});

test('keeps to what nothing runs with where they may come from a stage', () => {
  const findings = check(contextLeftovers, { run: 'COPY /app /app', holds: everything, copiesFrom: 'unknown' });
  expect(findings.map(({ bytes }) => bytes)).toEqual([2000, 1500]);
});

test('finds what a later line deletes', () => {
  const copied = { run: 'COPY . /app', holds: everything, copiesFrom: 'context' } as const;
  const findings = check(contextLeftovers, copied, { run: 'RUN rm -rf .git', holds: { 'app/.wh..git': whiteout } });
  expect(findings.map(({ bytes }) => bytes)).toEqual([2000, 3000, 1500]);
});

test('leaves what a RUN made alone', () => {
  expect(check(contextLeftovers, { run: 'RUN git clone', holds: everything })).toEqual([]);
});

test('does not try its patterns on a path that no system has', () => {
  const path = `${'test/'.repeat(200_000)}x`;
  expect(check(contextLeftovers, { run: 'COPY . /', holds: { [path]: file(5000) }, copiesFrom: 'context' })).toEqual(
    [],
  );
});
