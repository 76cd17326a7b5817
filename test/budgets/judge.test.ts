import { describe, expect, test } from 'vitest';
import type { Severity } from '../../src/rules/rule.ts';
import { fromNumber } from '../../src/budgets/fraction.ts';
import { judge, type JudgedImage } from '../../src/budgets/judge.ts';
import type { Measures } from '../../src/budgets/measures.ts';
import type { FailOn, Gate } from '../../src/budgets/verdict.ts';
import { diveDefaults } from '../../src/budgets/dive-rules.ts';
import { budgetOf, type WrittenBudget } from './budget-of.ts';

/** An image of 10 in everything, its compressed size unknown. */
const measures: Measures = {
  of: ({ metric }) =>
    metric === 'compressed'
      ? { kind: 'unknown', reason: 'nobody can tell' }
      : { kind: 'known', parts: [{ value: fromNumber(10), layer: null, culprit: null }] },
  dive: { efficiencyScore: 0.5, wastedBytes: 10, userWastedPercent: 0.05, userSizeBytes: 200 },
};

const passes: WrittenBudget = { metric: 'size', max: 10 };
const warns: WrittenBudget = { metric: 'size', warn: { max: 9 } };
const fails: WrittenBudget = { metric: 'size', max: 9 };
const cannot: WrittenBudget = { metric: 'compressed', max: 9 };

function gateOf(budgets: readonly WrittenBudget[], more: Partial<JudgedImage> = {}): Gate {
  const nothing = { dive: null, baseline: null, findings: [], failOn: 'error', config: null } as const;
  return judge({ ...nothing, budgets: budgets.map(budgetOf), measures, ...more });
}

const found = (...severities: readonly Severity[]): JudgedImage['findings'] =>
  severities.map((severity) => ({ rule: `some-${severity}`, severity }));

describe('the verdict', () => {
  test.each<[string, readonly WrittenBudget[], FailOn, JudgedImage['findings'], Gate['verdict'], number]>([
    ['nothing at all', [], 'error', [], 'passed', 0],
    ['what holds', [passes, passes], 'error', [], 'passed', 0],
    ['a warning', [passes, warns], 'error', [], 'warned', 0],
    ['a warning that fails', [passes, warns], 'warning', [], 'failed', 1],
    ['a warning, to those who want less than that', [warns], 'info', [], 'failed', 1],
    ['a warning that never fails', [warns], 'never', [], 'warned', 0],
    ['one that breaks', [passes, fails, warns], 'error', [], 'failed', 1],
    ['one that breaks, findings or not', [fails], 'never', [], 'failed', 1],
    ['one that cannot be judged', [passes, cannot, fails], 'never', [], 'error', 2],
    ['an error', [passes], 'error', found('warning', 'error'), 'failed', 1],
    ['a finding below the level', [passes], 'error', found('warning', 'info'), 'passed', 0],
    ['a finding at the level', [passes], 'warning', found('warning', 'info'), 'failed', 1],
    ['a finding of no weight', [], 'info', found('info'), 'failed', 1],
    ['findings that never fail', [passes], 'never', found('error'), 'passed', 0],
    ['an error and one that cannot be judged', [cannot], 'error', found('error'), 'error', 2],
  ])('of %s', (_, budgets, failOn, findings, verdict, exitStatus) => {
    expect(gateOf(budgets, { failOn, findings })).toMatchObject({ verdict, exitStatus, failOn });
  });
});

test('findings that fail are counted by rule and severity, in their order', () => {
  const findings = [...found('error', 'warning', 'error'), { rule: 'other', severity: 'error' as const }];
  expect(gateOf([], { findings, failOn: 'warning' }).failingFindings).toEqual([
    { rule: 'some-error', severity: 'error', count: 2 },
    { rule: 'some-warning', severity: 'warning', count: 1 },
    { rule: 'other', severity: 'error', count: 1 },
  ]);
});

test('names are the user’s, or tell what is measured, and no two are the same', () => {
  const names = (...budgets: readonly WrittenBudget[]): string[] => gateOf(budgets).results.map(({ name }) => name);
  expect(
    names(
      { metric: 'size' },
      { metric: 'size', path: '/usr/**' },
      { metric: 'size', scope: 'own', path: '/usr/share/doc/**' },
      { metric: 'files', path: '**/.git/**' },
      { metric: 'compressed', scope: 'base' },
      { metric: 'layers' },
      { metric: 'layers', scope: 'own' },
      { metric: 'wasted', scope: 'layer' },
      { metric: 'wastedPercent', scope: 'stage' },
      { metric: 'size', scope: 'stage', stage: 'build' },
      { metric: 'efficiency' },
    ),
  ).toEqual([
    'size of the image',
    'size in /usr/**',
    'size of own layers in /usr/share/doc/**',
    'files in **/.git/**',
    'compressed size of base layers',
    'layers of the image',
    'layers of your own',
    'wasted bytes of each layer',
    'wasted share of each stage',
    'size of stage build',
    'efficiency of the image',
  ]);
  expect(
    names({ metric: 'size', name: 'a' }, { metric: 'files', name: 'a' }, { metric: 'size', name: 'a (2)' }),
  ).toEqual(['a', 'a (2)', 'a (2) (2)']);
});

test('dive’s rules come after the budgets, with the baseline’s numbers beside theirs', () => {
  const identity = { kind: 'image', reference: 'old', manifestDigest: null, configDigest: 'sha256:0' } as const;
  const old = { ...measures, dive: { ...measures.dive, efficiencyScore: 0.4 } };
  const gate = gateOf([passes], {
    dive: diveDefaults,
    baseline: { identity, measures: old },
    config: 'layerscope.yaml',
  });
  expect(gate).toMatchObject({ verdict: 'failed', exitStatus: 1, config: 'layerscope.yaml', baseline: identity });
  expect(gate.results.map(({ name, status, value, baseline }) => [name, status, value, baseline])).toEqual([
    ['size of the image', 'passed', 10, 10],
    ['lowestEfficiency', 'failed', 0.5, 0.4],
    ['highestUserWastedPercent', 'passed', 0.05, 0.05],
  ]);
});
