import type { Replay } from '../../cache/replay/replay.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { wrap } from '../../text/wrap.ts';
import { sectionsToPage, type TextStyle } from '../text-style.ts';
import { costTexts } from './cost-text.ts';
import type { ProposedBuild } from './fixed-build.ts';

/** What `cache fix` has to say beside its diff: each change with what it saves, and what was not changed and why. */
export function fixText(proposed: ProposedBuild, style: TextStyle): string {
  const { dockerfile, builder, written, backups, warnings } = proposed;
  const { paint } = style;
  const head = `${paint.strong(sanitize(dockerfile))}  ${paint.faint(`as ${builder} builds it`)}`;
  return sectionsToPage([
    [head],
    ...changeSections(proposed, style),
    ...refusedSections(proposed, style),
    measured(proposed),
    [
      ...written.map((path) => `Written: ${sanitize(path)}`),
      ...backups.map((path) => `What was there, git does not have; it is kept in ${sanitize(path)}`),
    ],
    warnings.map(({ message }) => sanitize(message)),
  ]);
}

function changeSections({ fix }: ProposedBuild, { paint, width }: TextStyle): string[][] {
  if (fix.changes.length === 0) return [['Nothing to change is known to be safe.']];
  return fix.changes.map(({ rule, line, message, perCommit }) => [
    `${paint.good('change')} line ${line}  ${paint.strong(rule)}${perCommit === null ? '' : `  ${savedText(perCommit)}`}`,
    ...indented(message, width),
  ]);
}

function refusedSections({ fix }: ProposedBuild, { paint, width }: TextStyle): string[][] {
  return fix.refused.map(({ rule, line, reason }) => [
    `${paint.faint('not changed:')} line ${line}  ${rule}`,
    ...indented(`${reason}.`, width).map(paint.faint),
  ]);
}

function indented(text: string, width: number): string[] {
  return wrap(sanitize(text), width - 4).map((line) => `    ${line}`);
}

/** Cumulative, so that the last one is the whole. */
function savedText(perCommit: Replay['perCommit']): string {
  return `saves ${costTexts(perCommit).join(', ')} a commit by now`;
}

function measured({ fix, changingArguments }: ProposedBuild): string[] {
  const { before, after } = fix;
  if (before === null || after === null) return ['What it saves is not measured: there is no history of commits.'];
  const given =
    changingArguments.length === 0
      ? ''
      : `, each with another ${changingArguments.map((name) => sanitize(name)).join(', ')}`;
  return [
    `Over the last ${plural(before.commits.length, 'commit')}${given}, one re-runs ${costTexts(before.perCommit).join(', ')} on average; with the changes, ${costTexts(after.perCommit).join(', ')}.`,
  ];
}
