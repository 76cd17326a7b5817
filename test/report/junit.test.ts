import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { junitReport } from '../../src/report/junit/junit.ts';
import { file, layer } from '../write-layer.ts';
import { findingOf } from './finding-of.ts';
import { brokenBudget, budgetResult, gateOf, hostileText, noLimits, unjudgedBudget } from './gate-of.ts';
import { inFile } from './report-context.ts';
import { reportOf } from './report-of.ts';

const report: Report = {
  ...reportOf({ tar: layer({ a: file(1000) }) }),
  checkedRules: ['secret-file', 'deleted-later'],
};

test('has a case for each rule that was asked', () => {
  expect(junitReport(report, inFile)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="layerscope" time="0" tests="2" failures="0" errors="0">
  <testsuite name="layerscope.rules" time="0" tests="2" failures="0" errors="0" skipped="0">
    <testcase classname="layerscope.rules" name="secret-file" time="0"/>
    <testcase classname="layerscope.rules" name="deleted-later" time="0"/>
  </testsuite>
</testsuites>
`);
});

test('has one for each budget: broken is a failure, and what cannot be judged an error', () => {
  const budgets = gateOf(
    budgetResult(),
    budgetResult({
      name: 'layers',
      metric: 'layers',
      value: 19,
      status: 'warned',
      message: '19 of 20.',
      limits: { ...noLimits, max: 20 },
    }),
    brokenBudget({ baseline: 2_500_000, reason: 'Small disks.' }),
    unjudgedBudget(),
  );
  expect(junitReport({ ...report, checkedRules: [], budgets }, inFile)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="layerscope" time="0" tests="4" failures="1" errors="1">
  <testsuite name="layerscope.budgets" time="0" tests="4" failures="1" errors="1" skipped="0">
    <testcase classname="layerscope.budgets" name="size of the image" time="0">
      <system-out>value: 1.0 MB (1000000)
limit: ≤ 2.0 MB</system-out>
    </testcase>
    <testcase classname="layerscope.budgets" name="layers" time="0">
      <system-out>19 of 20.
value: 19 (19)
limit: ≤ 20</system-out>
    </testcase>
    <testcase classname="layerscope.budgets" name="size of the image" time="0">
      <failure type="budget/size" message="The size of the image is 3.0 MB, 1.0 MB more than the 2.0 MB it may be. Why there is a limit: Small disks.">The size of the image is 3.0 MB, 1.0 MB more than the 2.0 MB it may be. Why there is a limit: Small disks.
value: 3.0 MB (3000000)
baseline: 2.5 MB (2500000)
limit: ≤ 2.0 MB</failure>
    </testcase>
    <testcase classname="layerscope.budgets" name="growth" time="0">
      <error type="budget/size" message="There is no baseline to compare with. Name one with --baseline.">There is no baseline to compare with. Name one with --baseline.
value: 1.0 MB (1000000)
limit: ≤ +5 %</error>
    </testcase>
  </testsuite>
  <testsuite name="layerscope.rules" time="0" tests="0" failures="0" errors="0" skipped="0"/>
</testsuites>
`);
});

const findings = [
  findingOf({ rule: 'secret-file', severity: 'error' }),
  findingOf(),
  findingOf({ rule: 'broad-copy', severity: 'info', location: null, layer: 3 }),
];

test.each([
  ['error', ['secret-file']],
  ['warning', ['secret-file', 'deleted-later']],
  ['info', ['secret-file', 'deleted-later', 'broad-copy']],
  ['never', []],
] as const)('from %s on, findings of %j are failures; the rest is told all the same', (failOn, failing) => {
  const text = junitReport({ ...report, budgets: { ...gateOf(), failOn }, findings }, inFile);
  const cases = [...text.matchAll(/name="([a-z-]+)" time="0">\n\s*<(failure|system-out)/g)];
  expect(cases.map(([, name, what]) => [name, what])).toEqual(
    ['secret-file', 'deleted-later', 'broad-copy'].map((name) => [
      name,
      failing.some((rule) => rule === name) ? 'failure' : 'system-out',
    ]),
  );
  expect(text).toContain('warning Dockerfile:2 1.0 kB: line 3 (RUN rm) deletes 1.0 kB in 1 file');
  expect(text).toContain('info layer 3 1.0 kB: ');
});

test('a budget that warns fails where warnings do', () => {
  const warned = budgetResult({ status: 'warned', message: 'Nearly.' });
  const text = junitReport({ ...report, budgets: { ...gateOf(warned), failOn: 'warning' } }, inFile);
  expect(text).toContain('<failure type="budget/size" message="Nearly.">');
});

test('without a gate, errors are failures', () => {
  expect(junitReport({ ...report, findings }, inFile)).toContain(
    '<testsuites name="layerscope" time="0" tests="3" failures="1" errors="0">',
  );
});

test('what an image names is text, and comes back as it was shown', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const text = junitReport({ ...report, budgets: gateOf(budgetResult({ name })) }, inFile);
      expect(text.match(/<testcase /g)).toHaveLength(3);
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what this looks for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufffe\uffff]/);
    }),
  );
});
