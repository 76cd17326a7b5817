import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { textReport } from '../../src/report/text.ts';
import { file, layer } from '../write-layer.ts';
import { comparisonOf, grownLine } from './comparison-of.ts';
import { anyFinding, findingOf } from './finding-of.ts';
import { anyGate, brokenBudget, budgetResult, gateOf, noLimits, unjudgedBudget } from './gate-of.ts';
import { inFile } from './report-context.ts';
import { reportWith } from './report-of.ts';

const step = { tar: layer({ a: file(1000) }), createdBy: 'COPY a / # buildkit' };
const report: Report = { ...reportWith('FROM scratch\nCOPY a /\n', step), findings: [] };
const page = (differs: Partial<Report>): string => textReport({ ...report, ...differs }, inFile);

test('verdict first, a line for scripts last', () => {
  const budgets = gateOf(
    budgetResult({ name: 'layers', metric: 'layers', limits: { ...noLimits, max: 25 }, value: 12, baseline: 12 }),
    budgetResult({
      name: 'own size',
      scope: 'own',
      status: 'warned',
      value: 58_000_000,
      baseline: 57_000_000,
      limits: { max: 60_000_000, min: null, maxIncrease: { value: 5, unit: 'percent' } },
      warn: { ...noLimits, max: 55_000_000 },
      message: '58.0 MB in own layers, 3.0 MB over the 55 MB that warns',
    }),
    brokenBudget({
      message: '3.0 MB, 1.0 MB over the 2 MB allowed',
      reason: 'The edge nodes have small disks.',
      baseline: 2_500_000,
    }),
    budgetResult({ name: 'efficiency', metric: 'efficiency', limits: { ...noLimits, min: 0.95 }, value: 0.9876 }),
  );
  const gate = {
    ...budgets,
    baseline: { kind: 'image', reference: 'registry:acme/app:main', manifestDigest: null, configDigest: 'sha256:0' },
    failingFindings: [{ rule: 'secret-file', severity: 'error', count: 1 }],
  } as const;
  const findings = [findingOf({ rule: 'secret-file', severity: 'error' })];
  const comparison = {
    ...comparisonOf(grownLine(500_000, 2)),
    size: { old: 2_500_000, new: 3_000_000, change: 500_000 },
  };
  expect(page({ budgets: gate, findings, comparison }))
    .toBe(`FAILED  1 of 4 budgets broken, 1 finding at or above error, 1 of 4 budgets warns
image.tar  app:latest  docker-archive · linux/amd64 · 2026-01-02
1.0 kB in 1 layer, 1 file · no waste
Against registry:acme/app:main: +500 kB (+20 %): line 2 adds 500 kB more

Budgets  layerscope.yaml
        budget                 now  limit              warns      baseline   change
failed  size of the image   3.0 MB  ≤ 2.0 MB                        2.5 MB  +500 kB
warned  own size           58.0 MB  ≤ 60.0 MB, ≤ +5 %  ≤ 55.0 MB   57.0 MB  +1.0 MB
passed  layers                  12  ≤ 25                                12        0
passed  efficiency          0.9876  ≥ 0.95

What does not hold
  failed size of the image
    3.0 MB, 1.0 MB over the 2 MB allowed
    Why there is a limit: The edge nodes have small disks.
  warned own size
    58.0 MB in own layers, 3.0 MB over the 55 MB that warns
  failed 1 error finding of secret-file

Growth by line  Dockerfile
 change  before     now  line
+500 kB     0 B  500 kB  2     COPY a /

Findings
  error secret-file  Dockerfile:2  1.0 kB
    line 3 (RUN rm) deletes 1.0 kB in 1 file that line 2 (COPY) wrote.
    Do not copy it.

layerscope verdict=failed exit=1 budgets=4 passed=2 warned=1 failed=1 errors=0 findings=1 failingFindings=1 sizeBytes=1000 baselineBytes=2500000
`);
});

test('the last line is of words that no image chose', () => {
  fc.assert(
    fc.property(anyGate, fc.array(anyFinding, { maxLength: 5 }), (budgets, findings) => {
      const text = page({ budgets, findings });
      expect(text.split('\n').at(-2)).toMatch(
        /^layerscope verdict=(?:passed|warned|failed|error) exit=[012] budgets=\d+ passed=\d+ warned=\d+ failed=\d+ errors=\d+ findings=\d+ failingFindings=\d+ sizeBytes=\d+ baselineBytes=none$/,
      );
      expect(text.endsWith('none\n')).toBe(true);
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what this looks for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(text.match(/^layerscope verdict=/gm)).toHaveLength(1);
    }),
  );
});

test('values that round to the limit they miss have all their digits', () => {
  const budgets = gateOf(
    brokenBudget({ value: 250_000_001, limits: { ...noLimits, max: 250_000_000 } }),
    brokenBudget({ name: 'share', metric: 'wastedPercent', value: 2.00001, limits: { ...noLimits, max: 2 } }),
    brokenBudget({ name: 'score', metric: 'efficiency', value: 0.949999, limits: { ...noLimits, min: 0.95 } }),
    budgetResult({ name: 'met', value: 250_000_000, limits: { ...noLimits, max: 250_000_000 } }),
  );
  const text = page({ budgets });
  expect(text).toContain('250,000,001 B  ≤ 250,000,000 B');
  expect(text).toMatch(/2\.00001 % +≤ 2 %/);
  expect(text).toMatch(/0\.949999 +≥ 0\.95/);
  expect(text).toMatch(/250 MB +≤ 250 MB/);
});

test('what cannot be judged says so', () => {
  const text = page({ budgets: gateOf(unjudgedBudget({ value: null }), budgetResult()) });
  expect(text).toMatch(/^ERROR {2}1 of 2 budgets cannot be judged\n/);
  expect(text).toMatch(/^error +growth +unknown +≤ \+5 %$/m);
  expect(text).toContain('    There is no baseline to compare with. Name one with --baseline.');
  expect(text).toContain('verdict=error exit=2 budgets=2 passed=1 warned=0 failed=0 errors=1 ');
});

test('no budgets are told, too', () => {
  expect(page({ budgets: { ...gateOf(), config: null } })).toMatch(/^PASSED {2}no budgets\n/);
});
