import { describe, expect, test } from 'vitest';
import { cacheRules } from '../../src/rules/cache/cache-rules.ts';
import { ruleNames } from '../../src/rules/rule-names.ts';
import { type RuleLevel, type RuleSettings, runRules } from '../../src/rules/rule-settings.ts';
import { rules } from '../../src/rules/rules.ts';

test('every rule has its name in the list, and no other name is there', () => {
  expect([...ruleNames]).toEqual([...rules, ...cacheRules].map(({ name }) => name));
});

describe('a rule', () => {
  const found = [
    { severity: 'warning', line: 1 },
    { severity: 'info', line: 2 },
  ] as const;
  const asked: string[] = [];
  const two = (['broad-copy', 'remote-add'] as const).map((name) => ({
    name,
    check: (input: string) => {
      asked.push(`${name} ${input}`);
      return found;
    },
  }));

  function severities(settings: RuleSettings): string[] {
    return runRules(two, 'x', settings).map(({ rule, line, severity }) => `${rule} ${line} ${severity}`);
  }

  test('that is not set says itself how severe its findings are', () => {
    expect(severities(new Map([['broad-copy', 'error']]))).toEqual([
      'broad-copy 1 error',
      'broad-copy 2 error',
      'remote-add 1 warning',
      'remote-add 2 info',
    ]);
  });

  test.each<RuleLevel>(['info', 'warning', 'error'])('that is set to %s finds nothing else', (level) => {
    const settings: RuleSettings = new Map([
      ['broad-copy', level],
      ['remote-add', level],
    ]);
    expect(new Set(runRules(two, 'x', settings).map(({ severity }) => severity))).toEqual(new Set([level]));
  });

  test('that is off is not asked', () => {
    asked.length = 0;
    expect(severities(new Map([['remote-add', 'off']]))).toEqual(['broad-copy 1 warning', 'broad-copy 2 info']);
    expect(asked).toEqual(['broad-copy x']);
  });
});
