import { failsAt } from '../../budgets/judge.ts';
import type { Gate, Status } from '../../budgets/verdict.ts';
import { plural } from '../../text/plural.ts';
import { causeInWords, changeInWords } from '../diff/diff-verdict.ts';
import type { Report } from '../report.ts';

/** How many budgets came to what. */
function countResults({ results }: Pick<Gate, 'results'>): Readonly<Record<Status, number>> {
  const counts = { passed: 0, warned: 0, failed: 0, error: 0 };
  for (const { status } of results) counts[status]++;
  return counts;
}

/** How many findings fail the gate. */
function countFailing({ failingFindings }: Pick<Gate, 'failingFindings'>): number {
  return failingFindings.reduce((sum, { count }) => sum + count, 0);
}

/** What came of the gate, in a few words: `2 of 9 budgets broken, 1 cannot be judged, 3 findings fail`. */
export function verdictReasons(gate: Gate): string {
  const { warned, failed, error } = countResults(gate);
  const failing = countFailing(gate);
  const all = gate.results.length;
  const parts = [
    ...(error === 0 ? [] : [`${error} of ${plural(all, 'budget')} cannot be judged`]),
    ...(failed === 0 ? [] : [`${failed} of ${plural(all, 'budget')} broken`]),
    ...(failing === 0 ? [] : [`${plural(failing, 'finding')} at or above ${gate.failOn}`]),
    ...(warned === 0
      ? []
      : [
          `${warned} of ${plural(all, 'budget')} ${warned === 1 ? 'warns' : 'warn'}${failsAt('warning', gate.failOn) ? ', which fails here' : ''}`,
        ]),
  ];
  if (parts.length > 0) return parts.join(', ');
  if (all === 0) return 'no budgets';
  return all === 1 ? 'the budget holds' : `all ${all} budgets hold`;
}

/** The verdict as scripts read it: `key=value`, one blank apart, none of it from an image. */
export function verdictLine({ image, findings, comparison }: Report, gate: Gate): string {
  const { passed, warned, failed, error } = countResults(gate);
  const pairs = {
    verdict: gate.verdict,
    exit: gate.exitStatus,
    budgets: gate.results.length,
    passed,
    warned,
    failed,
    errors: error,
    findings: findings.length,
    failingFindings: countFailing(gate),
    sizeBytes: image.sizeBytes,
    baselineBytes: comparison?.size.old ?? 'none',
  };
  return `layerscope ${Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')}`;
}

/** How the image stands to its baseline. Not sanitised. */
export function againstBaseline({ baseline }: Gate, comparison: NonNullable<Report['comparison']>): string {
  const cause = causeInWords(comparison);
  const name = baseline?.reference ?? comparison.old.reference;
  return `Against ${name}: ${changeInWords(comparison)}${cause === '' ? '' : `: ${cause}`}`;
}

/** Where wasted bytes do not hold, people want to know which. */
export function isAboutWaste({ results }: Gate): boolean {
  return results.some(
    ({ metric, status }) =>
      status !== 'passed' &&
      (metric === 'wasted' || metric === 'wastedPercent' || metric === 'efficiency' || metric.startsWith('dive')),
  );
}
