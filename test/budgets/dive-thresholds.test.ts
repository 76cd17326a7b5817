import { describe, expect, test } from 'vitest';
import { diveDefaults, type DiveRuleName, parseDiveThreshold } from '../../src/budgets/dive-rules.ts';

describe('a threshold of dive', () => {
  test.each<[DiveRuleName, unknown, number]>([
    ['lowestEfficiency', '0.95', 0.95],
    ['lowestEfficiency', 0.95, 0.95],
    ['lowestEfficiency', '1', 1],
    ['lowestEfficiency', '.5', 0.5],
    ['lowestEfficiency', '5e-1', 0.5],
    ['lowestEfficiency', 0, 0],
    ['highestUserWastedPercent', '0.20', 0.2],
    ['highestWastedBytes', '20MB', 20_000_000],
    ['highestWastedBytes', '20Mb', 20_000_000],
    ['highestWastedBytes', '20 mb', 20_000_000],
    ['highestWastedBytes', '20M', 20_000_000],
    ['highestWastedBytes', '20MiB', 20_971_520],
    ['highestWastedBytes', '20mi', 20_971_520],
    ['highestWastedBytes', '50kB', 50_000],
    ['highestWastedBytes', '1B', 1],
    ['highestWastedBytes', '1000', 1000],
    ['highestWastedBytes', 1000, 1000],
    ['highestWastedBytes', '1,000', 1000],
    ['highestWastedBytes', '1.5', 1],
    ['highestWastedBytes', '1.5kB', 1500],
    ['highestWastedBytes', '2EiB', 2 ** 61],
  ])('%s: %j is %d', (rule, value, limit) => {
    expect(parseDiveThreshold(rule, value)).toEqual({ kind: 'limit', text: String(value), value: limit });
  });

  test.each(['disabled', 'off', 'false', '', false, null, undefined])('%j is none', (value) => {
    expect(parseDiveThreshold('lowestEfficiency', value)).toEqual({ kind: 'disabled' });
  });

  const ratio = 'expected a number from 0 to 1, or disabled, not';
  const size = 'expected a size such as 20MB, or disabled, not';
  test.each<[DiveRuleName, unknown, string]>([
    ['lowestEfficiency', '1.1', `${ratio} "1.1"`],
    ['lowestEfficiency', '-0.1', `${ratio} "-0.1"`],
    ['lowestEfficiency', '95%', `${ratio} "95%"`],
    ['lowestEfficiency', 'NaN', `${ratio} "NaN"`],
    ['highestUserWastedPercent', 'Disabled', `${ratio} "Disabled"`],
    ['highestUserWastedPercent', true, `${ratio} true`],
    ['highestWastedBytes', '20 parsec', `${size} "20 parsec"`],
    ['highestWastedBytes', '-1', `${size} "-1"`],
    ['highestWastedBytes', 'MB', `${size} "MB"`],
    ['highestWastedBytes', '1.2.3', `${size} "1.2.3"`],
    ['highestWastedBytes', '16EiB', `${size} "16EiB"`],
    ['highestWastedBytes', ['1'], `${size} a list`],
  ])('%s: %j is a mistake', (rule, value, reason) => {
    expect(parseDiveThreshold(rule, value)).toMatchObject({ kind: 'misconfigured', reason });
  });

  test('is what dive goes by where nothing is said', () => {
    expect(diveDefaults).toMatchObject({
      lowestEfficiency: { value: 0.9 },
      highestWastedBytes: { kind: 'disabled' },
      highestUserWastedPercent: { value: 0.1 },
    });
  });
});
