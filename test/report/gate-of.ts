import * as fc from 'fast-check';
import { metrics, scopes } from '../../src/budgets/budget.ts';
import {
  type AppliedLimits,
  type BudgetResult,
  failureLevels,
  type Gate,
  type Status,
} from '../../src/budgets/verdict.ts';

export const noLimits: AppliedLimits = { max: null, min: null, maxIncrease: null };

/** A budget on the image's size that holds, but for what is said. */
export function budgetResult(differs: Partial<BudgetResult> = {}): BudgetResult {
  return {
    name: 'size of the image',
    reason: null,
    metric: 'size',
    scope: 'image',
    stage: null,
    path: null,
    limits: { ...noLimits, max: 2_000_000 },
    warn: noLimits,
    value: 1_000_000,
    baseline: null,
    status: 'passed',
    message: null,
    layer: null,
    culprit: null,
    ...differs,
  };
}

/** One that is broken. */
export function brokenBudget(differs: Partial<BudgetResult> = {}): BudgetResult {
  const message = 'The size of the image is 3.0 MB, 1.0 MB more than the 2.0 MB it may be.';
  return budgetResult({ status: 'failed', value: 3_000_000, message, ...differs });
}

/** One that nobody can judge. */
export function unjudgedBudget(differs: Partial<BudgetResult> = {}): BudgetResult {
  const message = 'There is no baseline to compare with. Name one with --baseline.';
  const limits = { ...noLimits, maxIncrease: { value: 5, unit: 'percent' } } as const;
  return budgetResult({ name: 'growth', limits, status: 'error', message, ...differs });
}

/** A gate with these results and without findings, judged by them. */
export function gateOf(...results: readonly BudgetResult[]): Gate {
  return {
    ...judged(results),
    config: 'layerscope.yaml',
    failOn: 'error',
    baseline: null,
    results,
    failingFindings: [],
  };
}

const worstLast: readonly Status[] = ['passed', 'warned', 'failed', 'error'];

function judged(results: readonly BudgetResult[]): Pick<Gate, 'verdict' | 'exitStatus'> {
  const verdict = worstLast.findLast((status) => results.some((result) => result.status === status)) ?? 'passed';
  return { verdict, exitStatus: verdict === 'error' ? 2 : verdict === 'failed' ? 1 : 0 };
}

/** What an image, a Dockerfile or a configuration may put into a text to get out of its place. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '::error file=a,line=1::owned',
    '%0A::warning::owned',
    '\n::stop-commands::x\n',
    '##[error]owned',
    '\u001b[31mred\u001b[0m',
    '\u202egnp.exe',
    ']]></failure><testcase name="owned"/>',
    '<!-- -->&amp;\u0000\uffff\ud800',
    '<details><script>alert(1)</script>',
    '`| a | b |\n| - | - |',
    '[owned](https://example.org) @everyone #1',
    '${{ secrets.TOKEN }} $(id) `id`',
    '../../../etc/passwd',
    'a'.repeat(5000),
    '\u{1f4a9}'.repeat(300),
  ),
);

const amount = fc.option(fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e15, noNaN: true })), { nil: null });

const appliedLimits: fc.Arbitrary<AppliedLimits> = fc.record({
  max: amount,
  min: amount,
  maxIncrease: fc.option(fc.record({ value: fc.nat(), unit: fc.constantFrom('absolute', 'percent') }), { nil: null }),
});

const anyResult: fc.Arbitrary<BudgetResult> = fc.record({
  name: hostileText,
  reason: fc.option(hostileText, { nil: null }),
  metric: fc.constantFrom(...metrics, 'diveWastedBytes', 'diveUserWastedPercent'),
  scope: fc.constantFrom(...scopes),
  stage: fc.option(hostileText, { nil: null }),
  path: fc.option(hostileText, { nil: null }),
  limits: appliedLimits,
  warn: appliedLimits,
  value: amount,
  baseline: amount,
  status: fc.constantFrom(...worstLast),
  message: fc.option(hostileText, { nil: null }),
  layer: fc.option(fc.nat({ max: 3 }), { nil: null }),
  culprit: fc.option(hostileText, { nil: null }),
});

/** Gates with any results, names and figures. */
export const anyGate: fc.Arbitrary<Gate> = fc
  .record({
    config: fc.option(hostileText, { nil: null }),
    failOn: fc.constantFrom(...failureLevels),
    baseline: fc.option(
      fc.record({
        kind: fc.constantFrom('image', 'report'),
        reference: hostileText,
        manifestDigest: fc.constantFrom(null, `sha256:${'a'.repeat(64)}`),
        configDigest: fc.constant(`sha256:${'b'.repeat(64)}`),
      }),
      { nil: null },
    ),
    results: fc.uniqueArray(anyResult, { selector: ({ name }) => name, maxLength: 30 }),
    failingFindings: fc.array(
      fc.record({
        rule: fc.constantFrom('secret-file', 'deleted-later', 'broad-copy'),
        severity: fc.constantFrom('error', 'warning', 'info'),
        count: fc.nat({ max: 1000 }).map((count) => count + 1),
      }),
      { maxLength: 3 },
    ),
  })
  .map((gate) => ({ ...gate, ...judged(gate.results) }));
