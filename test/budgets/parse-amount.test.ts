import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Metric } from '../../src/budgets/budget.ts';
import { compare } from '../../src/budgets/fraction.ts';
import { parseAmount, parseIncrease } from '../../src/budgets/parse-amount.ts';

function valueOf(metric: Metric, value: unknown): number {
  const amount = parseAmount(metric, value);
  if ('reason' in amount) throw new Error(amount.reason);
  return amount.value;
}

function reasonOf(metric: Metric, value: unknown): string {
  const amount = parseAmount(metric, value);
  if (!('reason' in amount)) throw new Error(`${String(value)} was taken as ${amount.value}`);
  return amount.reason;
}

describe('an amount', () => {
  test.each<[Metric, unknown, number]>([
    ['size', '250MB', 250_000_000],
    ['size', '250 MB', 250_000_000],
    ['size', ' 1kB ', 1000],
    ['size', '1KiB', 1024],
    ['size', '1.5MiB', 1_572_864],
    ['size', '2.3MiB', 2_411_724.8],
    ['size', '1GB', 1e9],
    ['size', '1GiB', 2 ** 30],
    ['size', '2TB', 2e12],
    ['size', '2TiB', 2 ** 41],
    ['size', '12B', 12],
    ['size', '12', 12],
    ['size', 12, 12],
    ['size', 0, 0],
    ['compressed', 1e6, 1_000_000],
    ['wasted', '0MB', 0],
    ['layers', 25, 25],
    ['files', '0', 0],
    ['wastedPercent', '2%', 2],
    ['wastedPercent', '2.5 %', 2.5],
    ['wastedPercent', 0, 0],
    ['wastedPercent', '100%', 100],
    ['efficiency', 0.95, 0.95],
    ['efficiency', '0.95', 0.95],
    ['efficiency', '95%', 0.95],
    ['efficiency', 1, 1],
    ['efficiency', 1e-7, 1e-7],
  ])('of %s, %j, is %d', (metric, written, value) => expect(valueOf(metric, written)).toBe(value));

  test('keeps what was written, and is exact', () => {
    expect(parseAmount('size', ' 1.2MB ')).toEqual({
      text: '1.2MB',
      value: 1_200_000,
      fraction: { numerator: 12_000_000n, denominator: 10n },
    });
    expect(parseAmount('efficiency', 0.1)).toMatchObject({ fraction: { numerator: 1n, denominator: 10n } });
  });

  const size = 'expected a size such as 250MB, not';
  const count = 'expected a whole number such as 25, not';
  const share = 'expected a share such as 2%, not';
  const ratio = 'expected a number from 0 to 1 such as 0.95, not';
  test.each<[Metric, unknown, string]>([
    ['size', '10mb', `${size} "10mb"; did you mean 10MB?`],
    ['size', '10 M', `${size} "10 M"; did you mean 10 MB?`],
    ['size', '10KB', `${size} "10KB"; did you mean 10kB?`],
    ['size', '10k', `${size} "10k"; did you mean 10kB?`],
    ['size', '10mi', `${size} "10mi"; did you mean 10MiB?`],
    ['size', '10b', `${size} "10b"; did you mean 10B?`],
    ['size', '10 bytes', `${size} "10 bytes"; did you mean 10 B?`],
    ['size', '10parsec', `${size} "10parsec"; units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB`],
    ['size', '5%', `${size} "5%"; only maxIncrease can be a share`],
    ['size', '', `${size} ""`],
    ['size', 'MB', `${size} "MB"`],
    ['size', '-5MB', `${size} "-5MB"; it cannot be below 0`],
    ['size', -5, `${size} -5; it cannot be below 0`],
    ['size', 1.5, `${size} 1.5; a bare number is bytes, and a byte cannot be split`],
    ['size', '1.5B', `${size} "1.5B"; a bare number is bytes, and a byte cannot be split`],
    ['size', '1,000', `${size} "1,000"; write digits without separators, and a point before a fraction`],
    ['size', '1_000', `${size} "1_000"; write digits without separators, and a point before a fraction`],
    ['size', '1,5MB', `${size} "1,5MB"; write digits without separators, and a point before a fraction`],
    ['size', '.5MB', `${size} ".5MB"; did you mean 0.5MB?`],
    ['size', '+5MB', `${size} "+5MB"; did you mean 5MB?`],
    ['size', '1e400', `${size} "1e400"; write it with a unit, or with all its digits`],
    ['size', '1e6', `${size} "1e6"; write it with a unit, or with all its digits`],
    ['size', '1.5MB.', `${size} "1.5MB."`],
    ['size', '10MBMB', `${size} "10MBMB"; units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB`],
    ['size', '１０MB', `${size} "１０MB"`],
    ['size', Infinity, `${size} Infinity`],
    ['size', NaN, `${size} NaN`],
    ['size', '99999TB', `${size} "99999TB"; no image has that much`],
    ['size', 1e21, `${size} 1e+21; no image has that much`],
    ['size', '9'.repeat(5000), `${size} "${'9'.repeat(59)}…"; write it with a unit, or with all its digits`],
    ['size', null, `${size} nothing`],
    ['size', undefined, `${size} nothing`],
    ['size', true, `${size} true`],
    ['size', ['1MB'], `${size} a list`],
    ['size', { max: 1 }, `${size} a mapping`],
    ['files', 0.5, `${count} 0.5; there are no fractions of it`],
    ['layers', '2.5', `${count} "2.5"; there are no fractions of it`],
    ['layers', '2MB', `${count} "2MB"; it is a count and has no unit`],
    ['layers', '2%', `${count} "2%"; only maxIncrease can be a share`],
    ['wastedPercent', 0.02, `${share} 0.02; did you mean 0.02% or 2%?`],
    ['wastedPercent', 2, `${share} 2; did you mean 2%?`],
    ['wastedPercent', '2', `${share} "2"; did you mean 2%?`],
    ['wastedPercent', '101%', `${share} "101%"; a share of the whole is 100% at most`],
    ['wastedPercent', '5MB', `${share} "5MB"; it is a share and has no unit but %`],
    ['efficiency', 95, `${ratio} 95; did you mean 95%?`],
    ['efficiency', '101%', `${ratio} "101%"; 1 is all of it`],
    ['efficiency', '1MB', `${ratio} "1MB"; it has no unit but %`],
  ])('of %s, %j, is refused', (metric, written, reason) => expect(reasonOf(metric, written)).toBe(reason));
});

describe('an increase', () => {
  test.each<[Metric, unknown, string, number]>([
    ['size', '5%', 'percent', 5],
    ['size', '250%', 'percent', 250],
    ['size', '10MB', 'absolute', 10_000_000],
    ['size', 0, 'absolute', 0],
    ['files', 3, 'absolute', 3],
    ['files', '3%', 'percent', 3],
    ['layers', '0%', 'percent', 0],
    ['wastedPercent', '0.5%', 'absolute', 0.5],
  ])('of %s, %j, is read', (metric, written, kind, value) => {
    expect(parseIncrease(metric, written)).toMatchObject({ kind, amount: { value } });
  });

  test.each<[Metric, unknown, string]>([
    ['size', '-5%', 'expected a size such as 10MB, or a share such as 5%, not "-5%"; it cannot be below 0'],
    [
      'files',
      '3MB',
      'expected a whole number such as 2, or a share such as 5%, not "3MB"; it is a count and has no unit',
    ],
    ['wastedPercent', 1, 'expected percentage points such as 1%, not 1; did you mean 1%?'],
    [
      'size',
      '1%%',
      'expected a size such as 10MB, or a share such as 5%, not "1%%"; units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB',
    ],
  ])('of %s, %j, is refused', (metric, written, reason) => {
    expect(parseIncrease(metric, written)).toEqual({ reason });
  });
});

test('anything is an amount or refused on one line', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.string(),
    fc.double(),
    fc.stringMatching(/^-?[0-9.]{1,6} ?[kKmMiIbB%]{0,3}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom<Metric>('size', 'files', 'wastedPercent', 'efficiency'), anything, (metric, value) => {
      for (const found of [parseAmount(metric, value), parseIncrease(metric, value)]) {
        if ('reason' in found) expect(found.reason).toMatch(/^expected [^\n]{10,300}$/);
        else {
          const amount = 'amount' in found ? found.amount : found;
          expect(amount.value).toBeGreaterThanOrEqual(0);
          expect(compare(amount.fraction, { numerator: 0n, denominator: 1n })).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    { numRuns: 2000 },
  );
});
