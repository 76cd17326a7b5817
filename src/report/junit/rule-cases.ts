import type { FailOn } from '../../budgets/verdict.ts';
import { ruleText } from '../../rules/rule-texts.ts';
import { plural } from '../../text/plural.ts';
import { failsAt } from '../../budgets/judge.ts';
import type { Report, ReportFinding } from '../report.ts';
import { costOf, placeOf } from '../text-findings.ts';
import type { TestCase } from './test-case.ts';

/** Of one rule; all of them are in the JSON report. */
const mostFindings = 200;

/** A case for each rule that was asked. It is a pass where no finding fails the gate; what was found is there all the same. */
export function ruleCases(
  { checkedRules, findings }: Report,
  failOn: FailOn,
  repositoryPath: (file: string) => string,
): TestCase[] {
  const rules = [...new Set<string>([...checkedRules, ...findings.map(({ rule }) => rule)])];
  return rules.map((rule): TestCase => {
    const found = findings.filter((finding) => finding.rule === rule);
    const failing = found.filter(({ severity }) => failsAt(severity, failOn));
    const what = ruleText(rule)?.finds.replaceAll('`', '') ?? '';
    const left = found.length - mostFindings;
    return {
      name: rule,
      outcome: failing.length > 0 ? 'failure' : 'passed',
      type: failing[0]?.severity ?? 'passed',
      message: `${plural(failing.length, 'finding')}. ${what}`,
      details: [
        ...found.slice(0, mostFindings).map((finding) => lineOf(finding, repositoryPath)),
        ...(left > 0 ? [`and ${left} more`] : []),
      ],
    };
  });
}

function lineOf(finding: ReportFinding, repositoryPath: (file: string) => string): string {
  const { severity, location, message, help } = finding;
  const place = location === null ? placeOf(finding) : `${repositoryPath(location.file)}:${location.startLine}`;
  return `${[severity, place, costOf(finding)].filter((text) => text !== '').join(' ')}: ${message} ${help}`;
}
