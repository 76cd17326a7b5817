import type { BudgetResult, Gate, Status } from '../../budgets/verdict.ts';
import { cutText } from '../../text/cut.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Cell, cutToWidth, layTable, withoutEmpty } from '../../text/table.ts';
import { wrap } from '../../text/wrap.ts';
import { growthSection } from '../diff/growth-text.ts';
import { paintOfChange } from '../diff/paint-of-change.ts';
import type { Paint } from '../paint.ts';
import type { Report } from '../report.ts';
import { findingSection } from '../text-findings.ts';
import { headerSection } from '../text-header.ts';
import { sectionsToPage, type TextStyle, titled } from '../text-style.ts';
import { warningSection } from '../text-warnings.ts';
import { wasteSection } from '../text-waste.ts';
import { budgetRow, worstBudgets } from './budget-rows.ts';
import { againstBaseline, isAboutWaste, verdictLine, verdictReasons } from './verdict-text.ts';

const nameWidth = 48;
const longestMessage = 1000;

/** A judged image as a page for people, verdict first; the last line is for scripts. Everything is sanitised. */
export function gateText(report: Report, gate: Gate, style: TextStyle): string {
  return sectionsToPage([
    header(report, gate, style),
    budgetTable(gate, style),
    reasons(gate, style),
    report.comparison === null ? [] : growthSection(report.comparison.lines, style),
    findingSection(report, style),
    isAboutWaste(gate) ? wasteSection(report, style) : [],
    warningSection(report, style),
    [verdictLine(report, gate)],
  ]);
}

/** How a status is painted. */
function paintOf(status: Status, paint: Paint): (text: string) => string {
  return { passed: paint.good, warned: paint.changed, failed: paint.bad, error: paint.bad }[status];
}

function header(report: Report, gate: Gate, style: TextStyle): string[] {
  const { width, paint } = style;
  const { comparison } = report;
  return [
    `${paintOf(gate.verdict, paint)(gate.verdict.toUpperCase())}  ${verdictReasons(gate)}`,
    ...headerSection(report, style),
    ...(comparison === null ? [] : wrap(sanitize(againstBaseline(gate, comparison)), width)),
  ];
}

/** The thresholds as they were applied, and what came of each. */
function budgetTable(gate: Gate, { width, paint }: TextStyle): string[] {
  if (gate.results.length === 0) return [];
  const rows = worstBudgets(gate)
    .map(budgetRow)
    .map((row): Cell[] => [
      { text: row.status, paint: paintOf(row.status, paint) },
      { text: cutToWidth(sanitize(row.name), nameWidth) },
      { text: row.value },
      { text: row.limit },
      { text: row.warns },
      { text: row.baseline },
      { text: row.change, ...(row.difference === null ? {} : { paint: paintOfChange(row.difference, paint) }) },
    ]);
  const columns = [
    { title: '', align: 'left' },
    { title: 'budget', align: 'left' },
    { title: 'now', align: 'right' },
    { title: 'limit', align: 'left' },
    { title: 'warns', align: 'left' },
    { title: 'baseline', align: 'right' },
    { title: 'change', align: 'right' },
  ] as const;
  const table = withoutEmpty(columns, rows);
  const from = gate.config === null ? '' : `  ${paint.faint(sanitize(gate.config))}`;
  return [`${paint.strong('Budgets')}${from}`, ...titled(layTable(table.columns, table.rows, width), paint)];
}

/** What does not hold, and why it is to. */
function reasons(gate: Gate, { width, paint }: TextStyle): string[] {
  const wrapped = (text: string, indent: string): string[] =>
    wrap(cutText(sanitize(text), longestMessage), width - indent.length).map((line) => `${indent}${line}`);
  const told = worstBudgets(gate)
    .filter(({ status }) => status !== 'passed')
    .flatMap(({ status, name, message, reason }: BudgetResult): string[] => [
      `  ${paintOf(status, paint)(status)} ${paint.strong(cutText(sanitize(name), longestMessage))}`,
      ...(message === null ? [] : wrapped(message, '    ')),
      ...(reason === null ? [] : wrapped(`Why there is a limit: ${reason}`, '    ').map(paint.faint)),
    ]);
  const found = gate.failingFindings.map(
    ({ rule, severity, count }) =>
      `  ${paint.bad('failed')} ${plural(count, `${severity} finding`)} of ${paint.strong(sanitize(rule))}`,
  );
  const lines = [...told, ...found];
  return lines.length === 0 ? [] : [paint.strong('What does not hold'), ...lines];
}
