import type { CacheFinding } from '../../rules/cache/cache-rules.ts';
import type { ReportFinding } from '../report.ts';

/** A finding about the cache in the shape of every other one. It is about no layer and no path of the image. */
export function reportCacheFinding(finding: CacheFinding, file: string): ReportFinding {
  const { rule, severity, message, help, location, bytes, seconds, fix } = finding;
  return {
    rule,
    severity,
    message,
    help,
    location: { file, ...location },
    layer: null,
    path: null,
    bytes,
    seconds,
    fix,
  };
}
