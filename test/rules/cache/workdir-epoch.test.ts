import { expect, test } from 'vitest';
import { workdirEpoch } from '../../../src/rules/cache/workdir-epoch.ts';
import { check, linesFound } from './check-cache-rule.ts';

const file = 'FROM a\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nWORKDIR /app/more\nRUN make\n';
const epoch = { buildArgs: { SOURCE_DATE_EPOCH: '1700000000' } };

test('the first WORKDIR re-runs everything after it with each epoch', () => {
  const [finding, ...more] = check(workdirEpoch, file, {
    ...epoch,
    history: { reruns: { 4: 50 } },
    costs: { 4: { seconds: 30 } },
  });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ severity: 'warning', location: { startLine: 2 }, seconds: 15, bytes: null });
  expect(finding?.message).toContain('with each new value it re-runs, and so do lines 3, 4 and 6.');
});

test('each stage has its own', () => {
  expect(
    linesFound(
      workdirEpoch,
      `${file.replace('FROM a', 'FROM a AS one')}FROM a\nWORKDIR /b\nCOPY --from=one /x /y\n`,
      epoch,
    ),
  ).toEqual([2, 8]);
});

test('an argument of that name is enough', () => {
  expect(
    linesFound(workdirEpoch, `ARG SOURCE_DATE_EPOCH=0\n${file.replace('FROM a', 'FROM a\nARG SOURCE_DATE_EPOCH')}`),
  ).toEqual([4]);
});

test('is silent without an epoch', () => {
  expect(linesFound(workdirEpoch, file)).toEqual([]);
});

test('is silent where nothing comes after it', () => {
  expect(linesFound(workdirEpoch, 'FROM a\nRUN make\nWORKDIR /app\nCMD run\n', epoch)).toEqual([]);
});

test.each(['classic', 'buildah', 'kaniko'] as const)('is silent for %s', (builder) => {
  expect(linesFound(workdirEpoch, file, { ...epoch, builder })).toEqual([]);
});
