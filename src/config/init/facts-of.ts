import type { Subject } from '../../budgets/budget.ts';
import { toNumber } from '../../budgets/fraction.ts';
import { measureImage } from '../../budgets/measure-image.ts';
import type { Union } from '../../filesystem/union.ts';
import { parsePathGlob } from '../../globs/parse-path-glob.ts';
import type { Report, ReportFinding } from '../../report/report.ts';
import type { InitFacts } from './init-facts.ts';

/** What is in a repository, at any depth. */
export const gitPath = '**/.git/**';

/** What the budgets of an image are made of, counted as its gate will count. @param union the report's */
export function factsOf(report: Report, union: Union): InitFacts {
  const { image, waste, compat, findings } = report;
  return {
    sizeBytes: image.sizeBytes,
    ownBytes: image.ownBytes,
    compressedBytes: image.compressedBytes,
    layerCount: image.layerCount,
    wastedPercent: waste.percent,
    efficiency: compat.dive.efficiencyScore,
    gitFiles: countGitFiles(report, union),
    errors: countErrors(findings),
  };
}

function countGitFiles(report: Report, union: Union): number {
  const path = parsePathGlob(gitPath);
  if ('reason' in path) throw new Error(path.reason);
  const files: Subject = { metric: 'files', scope: 'image', stage: null, path };
  const measured = measureImage(report, union, [], [files]).of(files);
  return measured.kind === 'known' ? toNumber(measured.parts[0].value) : 0;
}

function countErrors(findings: readonly ReportFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) if (severity === 'error') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
