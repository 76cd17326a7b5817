import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

/** A check of values against one of the published schemas. */
export function schema(name: 'report.v1.json' | 'ls.v1.json'): (value: unknown) => void {
  const text = readFileSync(new URL(`../../docs/schema/${name}`, import.meta.url), 'utf8');
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  const validate = ajv.compile(JSON.parse(text) as object);
  return (value) => {
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  };
}
