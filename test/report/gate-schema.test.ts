import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonReport } from '../../src/report/json.ts';
import { file, layer } from '../write-layer.ts';
import { anyGate, brokenBudget, budgetResult, gateOf, unjudgedBudget } from './gate-of.ts';
import { reportOf } from './report-of.ts';
import { schema, schemaErrors } from './schema.ts';

const expectReport = schema('report.v1.json');
const report = reportOf({ tar: layer({ a: file(1000) }) });

test('any gate holds to the schema', () => {
  fc.assert(
    fc.property(anyGate, (budgets) => {
      expectReport(JSON.parse(jsonReport({ ...report, budgets })));
    }),
  );
});

test.each([
  ['passed', 0, gateOf(budgetResult())],
  ['failed', 1, gateOf(budgetResult(), brokenBudget())],
  ['error', 2, gateOf(unjudgedBudget(), brokenBudget())],
])('%s ends with %d', (verdict, exitStatus, gate) => {
  expect(gate).toMatchObject({ verdict, exitStatus });
  expectReport(JSON.parse(jsonReport({ ...report, budgets: gate })));
});

test.each([
  ['/budgets', { ...gateOf(), verdict: 'fine' }],
  ['/budgets', { ...gateOf(), exitStatus: 3 }],
  ['/budgets', gateOf(budgetResult({ value: -1 }))],
  ['/budgets', { ...gateOf(), results: [{ ...budgetResult(), more: 1 }] }],
  ['/budgets', { ...gateOf(), results: [{ ...budgetResult(), limits: { max: 1, min: null } }] }],
])('%s: the schema refuses what is none: %j', (path, budgets) => {
  const found = schemaErrors('report.v1.json')({ ...report, budgets }) as readonly { instancePath: string }[];
  expect(found.some(({ instancePath }) => instancePath.startsWith(path))).toBe(true);
});
