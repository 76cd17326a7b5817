import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/budgets/evaluate.ts';
import { fraction, fromNumber } from '../../src/budgets/fraction.ts';
import type { Measurement, Measures, Part } from '../../src/budgets/measures.ts';
import type { BudgetResult } from '../../src/budgets/verdict.ts';
import { budgetOf, type WrittenBudget } from './budget-of.ts';

const dive = { efficiencyScore: 1, wastedBytes: 0, userWastedPercent: 0, userSizeBytes: 1 };

/** Measures that have one answer to everything. */
function always(answer: Measurement): Measures {
  return { of: () => answer, dive };
}

function known(...values: readonly (number | Part)[]): Measures {
  const [first = part(0), ...others] = values.map((value) => (typeof value === 'number' ? part(value) : value));
  return always({ kind: 'known', parts: [first, ...others] });
}

const part = (value: number, layer: number | null = null, culprit: string | null = null): Part => ({
  value: fromNumber(value),
  layer,
  culprit,
});

const unknown = always({ kind: 'unknown', reason: 'nobody can tell' });

function judged(written: WrittenBudget, measures: Measures, baseline: Measures | null = null): BudgetResult {
  return evaluate(budgetOf(written), 'a name', measures, baseline);
}

describe('a budget', () => {
  test('keeps what it is, its limits and its value', () => {
    const written: WrittenBudget = {
      metric: 'size',
      scope: 'stage',
      stage: 'build',
      path: '/usr/**',
      reason: 'pulls are slow',
      max: '1MB',
      warn: { maxIncrease: '5%' },
    };
    expect(judged(written, known(7), known(8))).toEqual({
      name: 'a name',
      reason: 'pulls are slow',
      metric: 'size',
      scope: 'stage',
      stage: 'build',
      path: '/usr/**',
      limits: { max: 1_000_000, min: null, maxIncrease: null },
      warn: { max: null, min: null, maxIncrease: { value: 5, unit: 'percent' } },
      value: 7,
      baseline: 8,
      status: 'passed',
      message: null,
      layer: null,
      culprit: null,
    });
  });

  test.each<[WrittenBudget, number, string | null]>([
    [{ metric: 'size', max: '250MB' }, 250_000_000, null],
    [{ metric: 'size', max: '250MB' }, 250_000_001, '250 MB, 1 B over the 250 MB allowed'],
    [
      { metric: 'size', max: '1 MB', path: '/usr/share/doc/**' },
      12_400_000,
      '12.4 MB in /usr/share/doc/**, 11.4 MB over the 1 MB allowed',
    ],
    [{ metric: 'size', max: '1MiB', scope: 'own' }, 1_048_577, '1.0 MB in own layers, 1 B over the 1 MiB allowed'],
    [
      { metric: 'size', max: '1MB', scope: 'base', path: '/a' },
      2e6,
      '2.0 MB in /a in layers of the base image, 1.0 MB over the 1 MB allowed',
    ],
    [{ metric: 'size', max: '2.3MiB' }, 2_411_725, '2.4 MB, 1 B over the 2.3 MiB allowed'],
    [{ metric: 'size', max: '2.3MiB' }, 2_411_724, null],
    [
      { metric: 'size', max: 999, scope: 'stage', stage: 'build' },
      1000,
      '1.0 kB in stage build, 1 B over the 999 allowed',
    ],
    [{ metric: 'compressed', max: '1MB' }, 1_500_000, '1.5 MB compressed, 500 kB over the 1 MB allowed'],
    [{ metric: 'wasted', max: 0, scope: 'own' }, 5, '5 B wasted in own layers, 5 B over the 0 allowed'],
    [{ metric: 'files', max: 0, path: '**/.git/**' }, 3, '3 files in **/.git/**, 3 over the 0 allowed'],
    [{ metric: 'files', min: 1, path: '/app' }, 0, '0 files in /app, 1 below the 1 required'],
    [{ metric: 'layers', max: 25 }, 25, null],
    [{ metric: 'layers', max: 25 }, 26, '26 layers, 1 over the 25 allowed'],
    [{ metric: 'layers', max: 0, scope: 'own' }, 1, '1 layer of your own, 1 over the 0 allowed'],
    [{ metric: 'layers', max: 0, scope: 'base' }, 1, '1 layer of the base image, 1 over the 0 allowed'],
    [{ metric: 'wastedPercent', max: '2%' }, 2, null],
    [{ metric: 'wastedPercent', max: '2%' }, 2.35, '2.35 % wasted, 0.35 points over the 2 % allowed'],
    [{ metric: 'wastedPercent', max: '2%' }, 2.0000001, '2 % wasted, 1e-7 points over the 2 % allowed'],
    [{ metric: 'efficiency', min: 0.95 }, 0.95, null],
    [{ metric: 'efficiency', min: '95%' }, 0.95, null],
    [{ metric: 'efficiency', min: 0.95 }, 0.93, 'efficiency 0.93, 0.02 below the 0.95 required'],
    [{ metric: 'size', min: 10, max: 20 }, 15, null],
    [{ metric: 'size', min: 10, max: 20 }, 9, '9 B, 1 B below the 10 required'],
  ])('%j at %d', (written, value, message) => {
    expect(judged(written, known(value))).toMatchObject({
      status: message === null ? 'passed' : 'failed',
      message,
      value,
    });
  });

  test('is exact where floating point is not', () => {
    const third: Measures = always({ kind: 'known', parts: [{ ...part(0), value: fraction(100n, 3n) }] });
    expect(judged({ metric: 'wastedPercent', max: '33.333333333333333333333%' }, third).status).toBe('failed');
    expect(judged({ metric: 'wastedPercent', min: '33.333333333333333333333%' }, third).status).toBe('passed');
    // 0.1 + 0.2 is more than 0.3 in floating point.
    expect(judged({ metric: 'wastedPercent', maxIncrease: '0.2%' }, known(0.3), known(0.1)).status).toBe('passed');
    expect(judged({ metric: 'size', maxIncrease: '10%' }, known(9007199254740), known(8188362958854)).status).toBe(
      'failed',
    );
  });

  test.each<[WrittenBudget, number, number, string | null]>([
    [{ metric: 'size', maxIncrease: '5%' }, 105, 100, null],
    [
      { metric: 'size', maxIncrease: '5%' },
      106,
      100,
      '106 B, 6 B more than the 100 B of the baseline: 1 B over the 5 % more allowed',
    ],
    [
      { metric: 'size', maxIncrease: '1kB', scope: 'own' },
      3100,
      2000,
      '3.1 kB in own layers, 1.1 kB more than the 2.0 kB of the baseline: 100 B over the 1 kB more allowed',
    ],
    [{ metric: 'size', maxIncrease: 0 }, 50, 100, null],
    [
      { metric: 'size', maxIncrease: '5%' },
      1,
      0,
      '1 B, 1 B more than the 0 B of the baseline: 1 B over the 5 % more allowed',
    ],
    [
      { metric: 'files', maxIncrease: 2 },
      5,
      2,
      '5 files, 3 more than the 2 of the baseline: 1 over the 2 more allowed',
    ],
    [
      { metric: 'wastedPercent', maxIncrease: '1%' },
      3.5,
      2,
      '3.5 % wasted, 1.5 points more than the 2 % of the baseline: 0.5 points over the 1 % more allowed',
    ],
    [{ metric: 'wastedPercent', maxIncrease: '1%' }, 3, 2, null],
  ])('%j at %d, %d before', (written, value, before, message) => {
    const status = message === null ? 'passed' : 'failed';
    expect(judged(written, known(value), known(before))).toMatchObject({ status, message, value, baseline: before });
  });

  const layers = known(part(5, 0, 'layer 0 (RUN a)'), part(9, 1, 'layer 1 (RUN b)'), part(1, 2, 'layer 2 (RUN c)'));
  test.each<[WrittenBudget, Partial<BudgetResult>]>([
    [
      { metric: 'size', scope: 'layer', max: 9 },
      { status: 'passed', value: 9, layer: 1, culprit: 'layer 1 (RUN b)' },
    ],
    [
      { metric: 'size', scope: 'layer', max: 8 },
      { status: 'failed', value: 9, layer: 1, message: '9 B in layer 1 (RUN b), 1 B over the 8 allowed' },
    ],
    [
      { metric: 'size', scope: 'layer', min: 1 },
      { status: 'passed', value: 1, layer: 2 },
    ],
    [
      { metric: 'size', scope: 'layer', min: 2 },
      { status: 'failed', value: 1, layer: 2, message: '1 B in layer 2 (RUN c), 1 B below the 2 required' },
    ],
    [
      { metric: 'size', scope: 'layer', min: 1, max: 9 },
      { status: 'passed', value: 9, layer: 1 },
    ],
    [
      { metric: 'size', scope: 'layer', min: 2, max: 9 },
      { status: 'failed', value: 1, layer: 2 },
    ],
    [
      { metric: 'size', scope: 'layer', min: 2, max: 8 },
      {
        status: 'failed',
        value: 9,
        message: '9 B in layer 1 (RUN b), 1 B over the 8 allowed; 1 B in layer 2 (RUN c), 1 B below the 2 required',
      },
    ],
    [
      { metric: 'size', scope: 'layer', warn: { max: 6 } },
      { status: 'warned', value: 9, message: '9 B in layer 1 (RUN b), 3 B over the 6 that warns' },
    ],
  ])('%j names the layer', (written, result) => expect(judged(written, layers)).toMatchObject(result));

  test.each<[WrittenBudget, number, string]>([
    [{ metric: 'size', max: 20, warn: { max: 10 } }, 10, 'passed'],
    [{ metric: 'size', max: 20, warn: { max: 10 } }, 11, 'warned'],
    [{ metric: 'size', max: 20, warn: { max: 10 } }, 21, 'failed'],
    [{ metric: 'size', warn: { max: 10 } }, 99, 'warned'],
    [{ metric: 'efficiency', min: 0.9, warn: { min: 0.95 } }, 0.94, 'warned'],
  ])('%j at %d has %s', (written, value, status) => expect(judged(written, known(value)).status).toBe(status));
});

describe('a budget that cannot be judged is an error', () => {
  test('for want of a value', () => {
    expect(judged({ metric: 'size', max: '1TB' }, unknown)).toMatchObject({
      status: 'error',
      message: 'nobody can tell',
      value: null,
      baseline: null,
    });
  });

  test('for want of a baseline, and says what else is wrong', () => {
    const none =
      'maxIncrease has no baseline to compare with: name one with --baseline, or with `baseline` in the configuration';
    expect(judged({ metric: 'size', maxIncrease: '5%' }, known(7))).toMatchObject({
      status: 'error',
      message: none,
      value: 7,
    });
    expect(judged({ metric: 'size', max: 10, warn: { maxIncrease: '5%' } }, known(7))).toMatchObject({
      status: 'error',
      message: none,
    });
    expect(judged({ metric: 'size', max: 6, maxIncrease: '5%' }, known(7)).message).toBe(
      `7 B, 1 B over the 6 allowed; ${none}`,
    );
    expect(judged({ metric: 'size', maxIncrease: '5%' }, known(7), unknown)).toMatchObject({
      status: 'error',
      message: 'of the baseline, nobody can tell',
      baseline: null,
    });
  });

  test('unless no limit asks for it', () => {
    expect(judged({ metric: 'size', max: 7 }, known(7), unknown)).toMatchObject({ status: 'passed', baseline: null });
  });
});
