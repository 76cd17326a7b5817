import { severityOrder } from '../../rules/rule.ts';
import type { Report, ReportFinding } from '../report.ts';
import { budgetRemarks } from './budget-remarks.ts';
import { homeOf } from './home-of.ts';
import type { Place, Remark } from './remark.ts';

/** All that is to be seen beside a line, worst first; budgets before findings, for they are what the gate is about. */
export function remarksOf(report: Report): Remark[] {
  const home = homeOf(report);
  const remarks = [...budgetRemarks(report, home), ...report.findings.map((finding) => findingRemark(finding, home))];
  return remarks.sort((a, b) => severityOrder[a.severity] - severityOrder[b.severity]);
}

function findingRemark({ rule, severity, message, help, location, path }: ReportFinding, home: Place | null): Remark {
  return {
    rule,
    severity,
    title: rule,
    message: `${message} ${help}`,
    place: location ?? home,
    subject: path ?? '',
  };
}
