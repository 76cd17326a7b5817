import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cacheRules } from '../../src/rules/cache/cache-rules.ts';
import { ruleNames } from '../../src/rules/rule-names.ts';
import { ruleTexts } from '../../src/rules/rule-texts.ts';
import { rules } from '../../src/rules/rules.ts';

const names = [...rules, ...cacheRules].map(({ name }) => name);
const index = readFileSync('docs/rules/README.md', 'utf8');

test.each(names)('%s has a page, and a row in the table', (name) => {
  expect(readFileSync(`docs/rules/${name}.md`, 'utf8')).toMatch(new RegExp(`^# ${name}\n`));
  expect(index).toContain(`| [${name}](${name}.md)`);
});

test.each(ruleNames)('%s says of itself what its page says', (name) => {
  const [, first = ''] = readFileSync(`docs/rules/${name}.md`, 'utf8').split('\n\n');
  const { severity, finds } = ruleTexts[name];
  expect(first.replaceAll('\n', ' ')).toContain(` · ${finds}`);
  expect(first.match(/\*\*(\w+)\*\*/)?.[1]).toBe(severity);
  for (const text of Object.values(ruleTexts[name])) expect(text.length).toBeLessThan(300);
});

test('there is no page of a rule that is gone', () => {
  const pages = readdirSync('docs/rules').map((file) => file.replace(/\.md$/, ''));
  expect(pages.filter((page) => page !== 'README').toSorted()).toEqual(names.toSorted());
});

test.each(cacheRules.map(({ name }) => name))('%s is in the file of its name, and so is its test', (name) => {
  expect(existsSync(`src/rules/cache/${name}.ts`)).toBe(true);
  expect(existsSync(`test/rules/cache/${name}.test.ts`)).toBe(true);
});
