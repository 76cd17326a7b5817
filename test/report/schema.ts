import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

type SchemaName =
  | 'report.v1.json'
  | 'diff.v1.json'
  | 'sharing.v1.json'
  | 'ls.v1.json'
  | 'config.v1.json'
  | 'cache-explain.v1.json'
  | 'cache-lint.v1.json'
  | 'cache-fix.v1.json'
  | 'cache-replay.v1.json';

/** A check of values against one of the published schemas. */
export function schema(name: SchemaName): (value: unknown) => void {
  const errors = schemaErrors(name);
  return (value) => {
    expect(errors(value)).toEqual([]);
  };
}

/** What one of the published schemas has against a value. */
export function schemaErrors(name: SchemaName): (value: unknown) => readonly object[] {
  const text = readFileSync(new URL(`../../docs/schema/${name}`, import.meta.url), 'utf8');
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  const validate = ajv.compile(JSON.parse(text) as object);
  return (value) => {
    validate(value);
    return validate.errors ?? [];
  };
}
