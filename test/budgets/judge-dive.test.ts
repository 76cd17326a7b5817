import { describe, expect, test } from 'vitest';
import { diveDefaults, type DiveRules, parseDiveThreshold } from '../../src/budgets/dive-rules.ts';
import { judgeDive } from '../../src/budgets/judge-dive.ts';
import type { BudgetResult } from '../../src/budgets/verdict.ts';
import type { ImageFacts } from '../../src/comparison/image-facts.ts';
import type { Report } from '../../src/report/report.ts';
import { runCli } from '../run-cli.ts';
import { sharedImage } from '../shared-images.ts';

function rulesOf(efficiency: unknown, bytes: unknown, percent: unknown): DiveRules {
  return {
    lowestEfficiency: parseDiveThreshold('lowestEfficiency', efficiency),
    highestWastedBytes: parseDiveThreshold('highestWastedBytes', bytes),
    highestUserWastedPercent: parseDiveThreshold('highestUserWastedPercent', percent),
  };
}

const off = 'disabled';
const facts: ImageFacts['compat']['dive'] = {
  efficiencyScore: 0.5,
  wastedBytes: 100,
  userWastedPercent: 0.25,
  userSizeBytes: 400,
};

function only(rules: DiveRules, more: Partial<typeof facts> = {}): BudgetResult {
  const [result, ...others] = judgeDive(rules, { ...facts, ...more }, null);
  expect(others).toEqual([]);
  if (result === undefined) throw new Error('no rule was judged');
  return result;
}

describe('dive’s rules', () => {
  test.each<[string, DiveRules, string, string | null]>([
    ['an efficiency met exactly', rulesOf('0.5', off, off), 'passed', null],
    ['an efficiency missed', rulesOf('0.51', off, off), 'failed', 'efficiency 0.5, below the 0.51 required'],
    ['bytes met exactly', rulesOf(off, '100', off), 'passed', null],
    ['bytes crossed', rulesOf(off, '99B', off), 'failed', '100 B wasted as dive counts, 1 B over the 99B allowed'],
    ['a share met exactly', rulesOf(off, off, '0.25'), 'passed', null],
    [
      'a share crossed',
      rulesOf(off, off, '0.2'),
      'failed',
      '0.25 of the bytes above the first layer wasted as dive counts, over the 0.2 allowed',
    ],
    [
      'what is no threshold',
      rulesOf('90%', off, off),
      'error',
      'lowestEfficiency: expected a number from 0 to 1, or disabled, not "90%"',
    ],
  ])('%s', (_, rules, status, message) => expect(only(rules)).toMatchObject({ status, message }));

  test('let NaN pass and infinity fail, as Go compares', () => {
    const rules = rulesOf(off, off, '0.1');
    const none = { userWastedPercent: null, userSizeBytes: 0 };
    expect(only(rules, { ...none, wastedBytes: 0 })).toMatchObject({ status: 'passed', value: null, message: null });
    expect(only(rules, { ...none, wastedBytes: 1000 })).toMatchObject({
      status: 'failed',
      value: null,
      message: '1.0 kB wasted as dive counts, and no bytes in the layers above the first, of which 0.1 is allowed',
    });
  });

  test('say what they are', () => {
    expect(judgeDive(rulesOf('0.9', '1kB', '0.1'), facts, null)).toMatchObject([
      { metric: 'efficiency', scope: 'image', limits: { min: 0.9, max: null, maxIncrease: null }, value: 0.5 },
      { metric: 'diveWastedBytes', scope: 'image', limits: { min: null, max: 1000 }, value: 100 },
      { metric: 'diveUserWastedPercent', scope: 'image', limits: { min: null, max: 0.1 }, value: 0.25 },
    ]);
    expect(judgeDive(diveDefaults, facts, null).map(({ name }) => name)).toEqual([
      'lowestEfficiency',
      'highestUserWastedPercent',
    ]);
    expect(judgeDive(rulesOf(off, off, off), facts, null)).toEqual([]);
  });
});

test('dive’s own test image has dive’s verdicts', async ({ skip }) => {
  const image = sharedImage('dive/test-docker-image.tar');
  if (image === null) return skip();
  const { compat } = JSON.parse((await runCli('analyze', image, '--json')).stdout) as Report;
  const statuses = (...thresholds: readonly [unknown, unknown, unknown]): string[] =>
    judgeDive(rulesOf(...thresholds), compat.dive, null).map(({ status }) => status);
  expect(statuses('0.99', '1B', '0.01')).toEqual(['failed', 'failed', 'failed']);
  expect(statuses('0.9', '50kB', '0.5')).toEqual(['passed', 'passed', 'passed']);
  expect(statuses('0.9', '1B', '0.5')).toEqual(['passed', 'failed', 'passed']);
  // At the numbers themselves, and a step beside them.
  expect(statuses('0.9844212134184309', '32025', '0.4834911001404049')).toEqual(['passed', 'passed', 'passed']);
  expect(statuses('0.984421213418431', '32024', '0.4834911001404048')).toEqual(['failed', 'failed', 'failed']);
});
