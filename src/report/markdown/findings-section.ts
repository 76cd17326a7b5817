import type { Report } from '../report.ts';
import { costOf, placeOf } from '../text-findings.ts';
import { type MarkdownSection, tableSection } from './section.ts';
import { shortCode, shortText } from './short.ts';

const listed = 20;

/** What rules found, worst first. */
export function findingsSection({ findings }: Report, before: string, after: string): MarkdownSection[] {
  return tableSection({
    rowsAre: 'findings',
    before,
    header: ['severity', 'rule', 'where', 'cost', 'what'],
    rows: findings.map((finding) => [
      finding.severity,
      shortText(finding.rule),
      shortCode(placeOf(finding)),
      costOf(finding),
      `${shortText(finding.message)} ${shortText(finding.help)}`,
    ]),
    right: [3],
    most: listed,
    after,
  });
}
