import type { Severity } from '../rules/rule.ts';
import type { Budget } from './budget.ts';
import { budgetName, uniqueNames } from './budget-name.ts';
import type { DiveRules } from './dive-rules.ts';
import { evaluate } from './evaluate.ts';
import { judgeDive } from './judge-dive.ts';
import type { Measures } from './measures.ts';
import type { BaselineIdentity, FailOn, Gate, Status } from './verdict.ts';

export interface JudgedImage {
  readonly budgets: readonly Budget[];
  /** Null where dive's rules are not asked for. */
  readonly dive: DiveRules | null;
  readonly measures: Measures;
  readonly baseline: { readonly identity: BaselineIdentity; readonly measures: Measures } | null;
  readonly findings: readonly { readonly rule: string; readonly severity: Severity }[];
  readonly failOn: FailOn;
  /** The file that the budgets are from. */
  readonly config: string | null;
}

/** Judges an image by its budgets, dive's rules and what other rules found. */
export function judge({ budgets, dive, measures, baseline, findings, failOn, config }: JudgedImage): Gate {
  const judged = [
    ...budgets.map((budget) =>
      evaluate(budget, budget.name ?? budgetName(budget), measures, baseline?.measures ?? null),
    ),
    ...(dive === null ? [] : judgeDive(dive, measures.dive, baseline?.measures.dive ?? null)),
  ];
  const names = uniqueNames(judged.map(({ name }) => name));
  const results = judged.map((result, at) => ({ ...result, name: names[at] ?? result.name }));
  const failingFindings = countFailing(findings, failOn);
  const verdict = worst([
    ...results.map(({ status }) => (status === 'warned' && failsAt('warning', failOn) ? 'failed' : status)),
    ...(failingFindings.length === 0 ? [] : (['failed'] as const)),
  ]);
  return {
    verdict,
    exitStatus: exitStatuses[verdict],
    config,
    failOn,
    baseline: baseline?.identity ?? null,
    results,
    failingFindings,
  };
}

const exitStatuses = { passed: 0, warned: 0, failed: 1, error: 2 } as const;

const badness: readonly Status[] = ['passed', 'warned', 'failed', 'error'];

function worst(statuses: readonly Status[]): Status {
  return badness[Math.max(0, ...statuses.map((status) => badness.indexOf(status)))] ?? 'error';
}

const failing: Readonly<Record<FailOn, readonly Severity[]>> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
  never: [],
};

/** Whether a finding of that severity fails the gate. */
export function failsAt(severity: Severity, failOn: FailOn): boolean {
  return failing[failOn].includes(severity);
}

function countFailing(findings: JudgedImage['findings'], failOn: FailOn): Gate['failingFindings'] {
  const counts = new Map<string, { rule: string; severity: Severity; count: number }>();
  for (const { rule, severity } of findings) {
    if (!failsAt(severity, failOn)) continue;
    const key = `${severity} ${rule}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { rule, severity, count: 1 });
    else known.count++;
  }
  return [...counts.values()];
}
