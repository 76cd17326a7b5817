import type { Severity } from '../../rules/rule.ts';
import { cutText } from '../../text/cut.ts';
import { sanitize } from '../../text/sanitize.ts';
import { verdictReasons } from '../gate/verdict-text.ts';
import type { ReportContext } from '../report-context.ts';
import type { Report } from '../report.ts';
import type { Remark } from '../remarks/remark.ts';
import { remarksOf } from '../remarks/remarks-of.ts';

/** What the runner calls a severity, worst first, and what people call several of it. */
const kinds = [
  { severity: 'error', command: 'error', several: 'errors' },
  { severity: 'warning', command: 'warning', several: 'warnings' },
  { severity: 'info', command: 'notice', several: 'notices' },
] as const satisfies readonly { readonly severity: Severity; readonly command: string; readonly several: string }[];

/** GitHub shows as many of a kind and a step, and drops the others without a word. */
const mostOfAKind = 10;
const mostOfTitle = 200;
const mostOfMessage = 2000;

/** Annotations on the lines of the Dockerfile, as commands to the runner of GitHub Actions; worst first. */
export function githubReport(report: Report, { repositoryPath }: ReportContext): string {
  const remarks = remarksOf(report);
  const lines = kinds.flatMap(({ severity, command, several }) => {
    const all = remarks.filter((remark) => remark.severity === severity);
    const left = all.length - mostOfAKind;
    return [
      ...all.slice(0, mostOfAKind).map((remark) => annotation(command, remark, repositoryPath)),
      ...(left > 0
        ? [`layerscope: ${left} more ${left === 1 ? command : several}: GitHub shows ${mostOfAKind} of a step`]
        : []),
    ];
  });
  const { budgets } = report;
  const verdict = budgets === null ? [] : [`layerscope: ${budgets.verdict}: ${verdictReasons(budgets)}`];
  return [...lines, ...verdict].map((line) => `${line}\n`).join('');
}

function annotation(
  command: string,
  { title, message, place }: Remark,
  repositoryPath: (file: string) => string,
): string {
  const properties = [
    ...(place === null
      ? []
      : [`file=${property(repositoryPath(place.file))}`, `line=${place.startLine}`, `endLine=${place.endLine}`]),
    `title=${property(cutText(sanitize(title), mostOfTitle))}`,
  ];
  return `::${command} ${properties.join(',')}::${data(cutText(sanitize(message), mostOfMessage))}`;
}

/** As actions/toolkit escapes it: the runner ends a command at the end of its line, and unescapes these alone. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
