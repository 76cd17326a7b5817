import { reportCacheFinding } from './cache-finding.ts';
import type { LintedBuild } from './linted-build.ts';

/** `cache lint --json` (docs/schema/cache-lint.v1.json). */
export function lintJson({ builder, dockerfile, target, replay, findings, warnings }: LintedBuild): string {
  const report = {
    schemaVersion: 1,
    builder,
    dockerfile,
    target,
    commits: replay === null ? null : replay.commits.length,
    findings: findings.map((finding) => reportCacheFinding(finding, dockerfile)),
    warnings,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
