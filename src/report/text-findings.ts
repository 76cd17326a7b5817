import { formatBytes } from '../text/bytes.ts';
import { sanitize } from '../text/sanitize.ts';
import { wrap } from '../text/wrap.ts';
import type { Report, ReportFinding } from './report.ts';
import type { TextStyle } from './text-style.ts';

const listed = 12;

/** What rules found, worst first: what, where, and what to write instead. */
export function findingSection({ findings }: Report, { width, paint }: TextStyle): string[] {
  if (findings.length === 0) return [];
  const paints = { error: paint.bad, warning: paint.changed, info: paint.faint } as const;
  const lines = findings.slice(0, listed).flatMap((finding) => {
    const { severity, rule } = finding;
    const cost = costOf(finding);
    const indented = (text: string): string[] => wrap(sanitize(text), width - 6).map((line) => `    ${line}`);
    return [
      `  ${paints[severity](severity)} ${paint.strong(rule)}  ${paint.faint(placeOf(finding))}${cost === '' ? '' : `  ${cost}`}`,
      ...indented(finding.message),
      ...indented(finding.help).map(paint.faint),
    ];
  });
  const more = findings.length - listed;
  return [
    paint.strong('Findings'),
    ...lines,
    ...(more > 0 ? [paint.faint(`  and ${more} more: --json lists them all`)] : []),
  ];
}

/** Bytes of the image; what is about no layer and no path is about the build, and what it costs each commit on average. */
export function costOf({ bytes, seconds, layer, path }: ReportFinding): string {
  const parts = [
    ...(bytes === null ? [] : [formatBytes(bytes)]),
    ...(seconds === null ? [] : [`${seconds.toFixed(1)} s`]),
  ];
  return parts.length > 0 && layer === null && path === null ? `${parts.join(', ')} a commit` : parts.join(', ');
}

/** `Dockerfile:12`, as editors take it, or the layer where no line is known. */
export function placeOf({ location, layer }: ReportFinding): string {
  if (location !== null) return sanitize(`${location.file}:${location.startLine}`);
  return layer === null ? '' : `layer ${layer}`;
}
