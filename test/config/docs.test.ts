import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config/parse-config.ts';
import { schema } from '../report/schema.ts';

const page = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
const published = JSON.parse(
  readFileSync(new URL('../../docs/schema/config.v1.json', import.meta.url), 'utf8'),
) as Schema;

interface Schema {
  readonly properties: Readonly<Record<string, { readonly examples?: readonly unknown[] }>>;
  readonly $defs: { readonly budget: { readonly properties: Readonly<Record<string, unknown>> } };
}

const valid = schema('config.v1.json');
const examples = [...page.matchAll(/```yaml\n([^`]*)```/g)].map(([, example = '']) => example);

test.each(examples)('the page of the configuration has an example that is right: %j', async (example) => {
  await parseConfig(example, 'layerscope.yaml');
  valid(parse(example));
});

test('the page of the configuration has every key', () => {
  for (const key of [...Object.keys(published.properties), ...Object.keys(published.$defs.budget.properties)])
    expect(page).toContain(`\`${key}\``);
});

test('the page of the configuration shows an error as it is', async () => {
  const [, line, reason] = /layerscope: layerscope\.yaml:(\d+): (.*)\n/.exec(page) ?? [];
  const text = 'budgets:\n  - { metric: size, max: 1MB }\n  - metric: size\n    max: 60mb';
  const message = await parseConfig(text, 'layerscope.yaml').then(
    () => '',
    (error: Error) => error.message,
  );
  expect(message).toBe(`layerscope.yaml:${line}: ${reason}`);
});

const withExamples = Object.entries(published.properties).flatMap(([key, { examples = [] }]) =>
  examples.map((example) => ({ [key]: example })),
);

test.each(withExamples)('the schema has an example that is right: %j', async (example) => {
  await parseConfig(JSON.stringify(example), 'layerscope.json');
  valid(example);
});
