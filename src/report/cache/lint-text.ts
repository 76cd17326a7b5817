import type { CacheFinding } from '../../rules/cache/cache-rules.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutToWidth } from '../../text/table.ts';
import { wrap } from '../../text/wrap.ts';
import type { Paint } from '../paint.ts';
import { sectionsToPage, type TextStyle } from '../text-style.ts';
import type { LintedBuild } from './linted-build.ts';

/** `cache lint` for people: the lines with something to change, the worst first, and below each what and why. */
export function lintText(build: LintedBuild, style: TextStyle): string {
  const { paint } = style;
  const head = `${paint.strong(sanitize(build.dockerfile))}  ${paint.faint(measuredBy(build))}`;
  return sectionsToPage([
    [head],
    ...byLine(build.findings).map((findings) => lineSection(findings, build, style)),
    [verdict(build)],
    build.warnings.map(({ message }) => sanitize(message)),
  ]);
}

function measuredBy({ builder, replay }: LintedBuild): string {
  const built = `as ${builder} builds it`;
  if (replay === null) return built;
  const { steps, bytes, seconds } = replay.perCommit;
  const cost = [`${steps.toFixed(1)} steps`, ...costs({ bytes, seconds })].join(', ');
  return `${built} · over ${plural(replay.commits.length, 'commit')} one re-runs ${cost} on average`;
}

/** Findings come worst first, and so do their lines. */
function byLine(findings: readonly CacheFinding[]): readonly (readonly CacheFinding[])[] {
  const groups = new Map<number, CacheFinding[]>();
  for (const finding of findings) {
    const { startLine } = finding.location;
    const group = groups.get(startLine);
    if (group === undefined) groups.set(startLine, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function lineSection(
  findings: readonly CacheFinding[],
  { dockerfile, lines }: LintedBuild,
  style: TextStyle,
): string[] {
  const { width, paint } = style;
  const startLine = findings[0]?.location.startLine ?? 1;
  const place = `${sanitize(dockerfile)}:${startLine}`;
  const text = cutToWidth(sanitize((lines[startLine - 1] ?? '').trim()), Math.max(8, width - place.length - 2));
  return [`${paint.strong(place)}  ${text}`, ...findings.flatMap((finding) => findingLines(finding, width, paint))];
}

function findingLines(finding: CacheFinding, width: number, paint: Paint): string[] {
  const { severity, rule, message, help, fix } = finding;
  const painted = { error: paint.bad, warning: paint.changed, info: paint.faint }[severity](severity);
  const cost = costs(finding);
  const indented = (text: string): string[] => wrap(sanitize(text), width - 6).map((line) => `    ${line}`);
  return [
    `  ${painted} ${paint.strong(rule)}${cost.length === 0 ? '' : `  ${cost.join(', ')} a commit`}`,
    ...indented(message),
    ...indented(help).map(paint.faint),
    ...(fix === null ? [] : fix.split('\n').map((line) => `      ${paint.good(sanitize(line))}`)),
  ];
}

function costs({ bytes, seconds }: Pick<CacheFinding, 'bytes' | 'seconds'>): string[] {
  return [...(bytes === null ? [] : [formatBytes(bytes)]), ...(seconds === null ? [] : [`${seconds.toFixed(1)} s`])];
}

function verdict({ findings }: LintedBuild): string {
  if (findings.length === 0) return 'Nothing to change is known.';
  const lines = new Set(findings.map(({ location }) => location.startLine)).size;
  return `${plural(findings.length, 'finding')} on ${plural(lines, 'line')}. docs/rules tells of each.`;
}
