import type { Gate, Status } from '../../budgets/verdict.ts';
import { formatBytes, formatShare } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { growthMarkdown } from '../diff/growth-markdown.ts';
import { escapeText } from '../markdown-text.ts';
import { findingsSection } from '../markdown/findings-section.ts';
import { pageOfSections } from '../markdown/page-of-sections.ts';
import { type MarkdownSection, tableSection, wholeSection } from '../markdown/section.ts';
import { shortCode, shortText } from '../markdown/short.ts';
import { wastedFilesSection } from '../markdown/wasted-files-section.ts';
import type { Report } from '../report.ts';
import { budgetMessage } from './budget-message.ts';
import { budgetRow, worstBudgets } from './budget-rows.ts';
import { againstBaseline, isAboutWaste, verdictReasons } from './verdict-text.ts';

/** By this whoever posts the comment finds the one of the last run. */
const marker = '<!-- layerscope -->';

const signs: Readonly<Record<Status, string>> = { passed: '✅', warned: '⚠️', failed: '❌', error: '❓' };

const mostBudgets = 200;
const mostReasons = 50;
const mostLines = 20;
const longestFileName = 100;

/** A judged image as a comment of a pull request, verdict first: what matters least is cut where it gets too long. */
export function gateMarkdown(report: Report, gate: Gate): string {
  return pageOfSections([
    wholeSection(header(report, gate)),
    ...budgetTable(gate),
    ...reasons(gate),
    ...growth(report),
    ...findingsSection(
      report,
      `<details><summary>${plural(report.findings.length, 'finding')}</summary>\n\n`,
      '\n\n</details>',
    ),
    ...(isAboutWaste(gate) ? wastedFilesSection(report) : []),
    ...warnings(report),
  ]);
}

function header({ image, waste, comparison }: Report, gate: Gate): string {
  const compressed = image.compressedBytes === null ? '' : ` (${formatBytes(image.compressedBytes)} compressed)`;
  const facts = [
    shortCode(image.names[0] ?? image.reference),
    `**${formatBytes(image.sizeBytes)}**${compressed} in ${plural(image.layerCount, 'layer')}`,
    `${formatBytes(waste.bytes)} wasted (${formatShare(waste.percent / 100)})`,
  ];
  return [
    marker,
    `## ${signs[gate.verdict]} layerscope ${gate.verdict}: ${escapeText(verdictReasons(gate))}`,
    '',
    facts.join(' · '),
    ...(comparison === null ? [] : ['', shortText(againstBaseline(gate, comparison))]),
  ].join('\n');
}

function budgetTable(gate: Gate): MarkdownSection[] {
  const rows = worstBudgets(gate).map(budgetRow);
  const hasWarnings = rows.some(({ warns }) => warns !== '');
  const hasBaseline = rows.some(({ baseline }) => baseline !== '');
  return tableSection({
    rowsAre: 'budgets',
    header: [
      '',
      'budget',
      'now',
      'limit',
      ...(hasWarnings ? ['warns'] : []),
      ...(hasBaseline ? ['baseline', 'change'] : []),
    ],
    rows: rows.map((row) => [
      `${signs[row.status]} ${row.status}`,
      shortText(row.name),
      row.value,
      row.limit,
      ...(hasWarnings ? [row.warns] : []),
      ...(hasBaseline ? [row.baseline, row.change] : []),
    ]),
    right: [2, ...(hasBaseline ? [hasWarnings ? 5 : 4, hasWarnings ? 6 : 5] : [])],
    most: mostBudgets,
  });
}

/** What does not hold, and why it is to. */
function reasons(gate: Gate): MarkdownSection[] {
  const told = worstBudgets(gate)
    .filter(({ status, message, reason }) => status !== 'passed' && (message !== null || reason !== null))
    .map(({ name, message, reason }) => {
      const sentences = [budgetMessage({ message, reason: null }), budgetMessage({ message: null, reason })];
      return `- **${shortText(name)}**: ${sentences.map(shortText).join(' ').trim()}`;
    });
  const found = gate.failingFindings.map(
    ({ rule, severity, count }) => `- **${shortText(rule)}**: ${plural(count, `${severity} finding`)}`,
  );
  const rows = [...told, ...found];
  if (rows.length === 0) return [];
  const more = Math.max(0, rows.length - mostReasons);
  return [{ rowsAre: 'reasons', before: '', rows: rows.slice(0, mostReasons), after: '', more }];
}

function growth({ comparison }: Report): MarkdownSection[] {
  const lines = (comparison?.lines ?? []).map((line) => {
    const { location } = line;
    return location === null
      ? line
      : { ...line, location: { ...location, file: location.file.slice(-longestFileName) } };
  });
  const table = growthMarkdown(lines, mostLines);
  return table === '' ? [] : [wholeSection(`### Growth by line\n\n${table}`)];
}

function warnings({ warnings: all }: Report): MarkdownSection[] {
  if (all.length === 0) return [];
  return [
    {
      rowsAre: 'warnings',
      before: `<details><summary>${plural(all.length, 'warning')}</summary>\n\n`,
      rows: all.map(({ code, message }) => `- ${shortText(message)} (${shortText(code)})`),
      after: '\n\n</details>',
      more: 0,
    },
  ];
}
