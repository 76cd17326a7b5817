import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { junitReport } from '../../src/report/junit/junit.ts';
import { file, layer } from '../write-layer.ts';
import { anyFinding } from './finding-of.ts';
import { anyGate } from './gate-of.ts';
import { junitErrors } from './junit-schema.ts';
import { inFile } from './report-context.ts';
import { reportOf } from './report-of.ts';

const report = reportOf({ tar: layer({ a: file(1000) }) });

test("any report is well-formed, and holds to Jenkins' schema", async () => {
  const reports = fc.record({ budgets: anyGate, findings: fc.array(anyFinding, { maxLength: 10 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(reports, { minLength: 20, maxLength: 20 }), async (differs) => {
      const texts = differs.map((each) => junitReport({ ...report, ...each }, inFile));
      expect(await junitErrors(...texts)).toEqual([]);
      for (const [at, text] of texts.entries())
        expect(text.match(/<testcase /g)?.length).toBe(
          (differs[at]?.budgets.results.length ?? 0) +
            new Set([...report.checkedRules, ...(differs[at]?.findings.map(({ rule }) => rule) ?? [])]).size,
        );
    }),
    { numRuns: 4 },
  );
}, 60_000);

test('the schema refuses what is none', async () => {
  expect(await junitErrors('<testsuites><testsuite/></testsuites>')).not.toEqual([]);
  expect(await junitErrors('<testsuites>&#0;</testsuites>')).not.toEqual([]);
});
