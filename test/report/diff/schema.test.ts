import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Schema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
  readonly $defs: Readonly<Record<string, object>>;
}

const read = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../../docs/schema/${name}`, import.meta.url), 'utf8')) as Schema;

test('a comparison in a report is what diff prints', () => {
  const [diff, report] = [read('diff.v1.json'), read('report.v1.json')];
  expect(report.$defs).toMatchObject(diff.$defs);
  const { schemaVersion: _, ...properties } = diff.properties;
  expect(report.$defs['comparison']).toMatchObject({ required: Object.keys(properties), properties });
});
