import * as fc from 'fast-check';
import { ruleNames } from '../../src/rules/rule-names.ts';
import type { ReportFinding } from '../../src/report/report.ts';
import { hostileText } from './gate-of.ts';

/** A finding on the second line of a Dockerfile, but for what is said. */
export function findingOf(differs: Partial<ReportFinding> = {}): ReportFinding {
  return {
    rule: 'deleted-later',
    severity: 'warning',
    message: 'line 3 (RUN rm) deletes 1.0 kB in 1 file that line 2 (COPY) wrote.',
    help: 'Do not copy it.',
    location: { file: 'Dockerfile', startLine: 2, endLine: 2 },
    layer: 1,
    path: '/a',
    bytes: 1000,
    seconds: null,
    fix: null,
    ...differs,
  };
}

/** Findings with any texts, anywhere. */
export const anyFinding: fc.Arbitrary<ReportFinding> = fc.record({
  rule: fc.constantFrom(...ruleNames),
  severity: fc.constantFrom('error', 'warning', 'info'),
  message: hostileText,
  help: hostileText,
  location: fc.option(
    fc.tuple(hostileText, fc.integer({ min: 1, max: 50 }), fc.nat({ max: 3 })).map(([file, startLine, more]) => ({
      file,
      startLine,
      endLine: startLine + more,
    })),
    { nil: null },
  ),
  layer: fc.option(fc.nat({ max: 3 }), { nil: null }),
  path: fc.option(hostileText, { nil: null }),
  bytes: fc.option(fc.nat(), { nil: null }),
  seconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null }),
  fix: fc.option(hostileText, { nil: null }),
});
