import type { ReportContext } from '../report-context.ts';
import type { Report } from '../report.ts';
import { budgetCases } from './budget-cases.ts';
import { ruleCases } from './rule-cases.ts';
import { type TestCase, testCaseLines } from './test-case.ts';
import { element } from './xml.ts';

/**
 * The report as JUnit's XML, as Jenkins, GitLab and CircleCI take it: a case for each budget and each rule that was asked.
 * Times are 0 and no date is in it, for the same image gives the same bytes.
 */
export function junitReport(report: Report, { repositoryPath }: ReportContext): string {
  const { budgets, comparison } = report;
  const suites = [
    ...(budgets === null ? [] : [{ name: 'layerscope.budgets', cases: budgetCases(budgets, comparison) }]),
    { name: 'layerscope.rules', cases: ruleCases(report, budgets?.failOn ?? 'error', repositoryPath) },
  ];
  const lines = element(
    'testsuites',
    { name: 'layerscope', time: 0, ...counted(suites.flatMap(({ cases }) => cases)) },
    suites.flatMap(({ name, cases }) =>
      element(
        'testsuite',
        { name, time: 0, ...counted(cases), skipped: 0 },
        cases.flatMap((each) => testCaseLines(name, each)),
      ),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines.join('\n')}\n`;
}

function counted(cases: readonly TestCase[]): { tests: number; failures: number; errors: number } {
  const ofOutcome = (wanted: TestCase['outcome']): number => cases.filter(({ outcome }) => outcome === wanted).length;
  return { tests: cases.length, failures: ofOutcome('failure'), errors: ofOutcome('error') };
}
