import { ruleNames } from '../../rules/rule-names.ts';
import type { Severity } from '../../rules/rule.ts';
import { cutText } from '../../text/cut.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import type { ReportContext } from '../report-context.ts';
import type { Report } from '../report.ts';
import type { Remark } from '../remarks/remark.ts';
import { remarksOf } from '../remarks/remarks-of.ts';
import { fileUri } from './file-uri.ts';
import { fingerprints } from './fingerprint.ts';
import { imageFile } from './image-file.ts';
import { ruleDescriptor } from './rule-descriptor.ts';
import type { SarifFile, SarifLevel, SarifLog, SarifNotification, SarifResult, SarifRule } from './sarif-log.ts';

/** GitHub shows as many of a run, and takes no file of more than 10 MB compressed: what is shorter before is so after. */
const mostResults = 5000;
const mostBytes = 8_000_000;
const mostCharacters = 1000;

const levels: Readonly<Record<Severity, SarifLevel>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * The report as SARIF 2.1.0, within what GitHub's code scanning takes: it refuses a file altogether in which one result has
 * no physical location.
 */
export function sarifReport(report: Report, { repositoryPath }: ReportContext): string {
  const all = remarksOf(report);
  const remarks = all.slice(0, mostResults);
  const rules = rulesOf(report, remarks);
  const prints = fingerprints(report, remarks, repositoryPath);
  const file = artifactOf(report, repositoryPath);
  const results = withinLimits(
    remarks.map((remark, at) => ({
      ruleId: remark.rule,
      ruleIndex: rules.findIndex(({ id }) => id === remark.rule),
      level: levels[remark.severity],
      message: { text: messageOf(remark) },
      locations: [{ physicalLocation: { artifactLocation: file(remark), region: regionOf(remark) } }],
      partialFingerprints: { primaryLocationLineHash: prints[at] ?? '' },
    })),
  );
  const log: SarifLog = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: report.tool.name, semanticVersion: report.tool.version, rules } },
        invocations: [
          {
            // What could not be judged is a result, and yet nobody should take the run for a whole one.
            executionSuccessful: report.budgets?.exitStatus !== 2,
            toolExecutionNotifications: notifications(report, all.length - results.length),
          },
        ],
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Every rule there is, whether it found something or not, and the metrics that have budgets. */
function rulesOf({ budgets }: Report, remarks: readonly Remark[]): SarifRule[] {
  const metrics = budgets?.results.map(({ metric }) => `budget/${metric}`) ?? [];
  const others = [...metrics, ...remarks.map(({ rule }) => rule)].toSorted();
  return [...new Set([...ruleNames, ...others])].map(ruleDescriptor);
}

/** Plain text; `[…](…)` would be a link there (SARIF 3.11.6). */
function messageOf({ rule, title, message }: Remark): string {
  const text = title === rule && message !== '' ? message : `${title}: ${message}`;
  return cutText(sanitize(text).replaceAll('](', '] (').trim(), mostCharacters);
}

function artifactOf({ image }: Report, repositoryPath: (file: string) => string): (remark: Remark) => SarifFile {
  return ({ place }) => {
    const path = place === null ? imageFile(image) : repositoryPath(place.file);
    const uri = fileUri(path);
    return path.startsWith('/') ? { uri } : { uri, uriBaseId: '%SRCROOT%' };
  };
}

function regionOf({ place }: Remark): { readonly startLine: number; readonly endLine: number } {
  return { startLine: place?.startLine ?? 1, endLine: place?.endLine ?? 1 };
}

/** As many as fit, worst first. */
function withinLimits(results: readonly SarifResult[]): SarifResult[] {
  let bytes = 0;
  const end = results.findIndex((result) => {
    bytes += Buffer.byteLength(JSON.stringify(result));
    return bytes > mostBytes;
  });
  return end === -1 ? [...results] : results.slice(0, end);
}

function notifications({ warnings }: Report, left: number): SarifNotification[] {
  const note = `${plural(left, 'result')} of lower severity left out: more than viewers show.`;
  return [
    ...warnings.map(({ code, message }) => notification(code, message)),
    ...(left === 0 ? [] : [notification('results-left-out', note)]),
  ];
}

function notification(id: string, text: string): SarifNotification {
  return { descriptor: { id }, level: 'warning', message: { text: cutText(sanitize(text), mostCharacters) } };
}
