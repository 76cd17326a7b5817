import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { InstallRun } from './install-run.ts';
import { say, type Words } from './words.ts';

/** A RUN made two, as text; or why it cannot be. */
export type TwoRuns = { readonly first: string; readonly second: string } | { readonly reason: Words };

/**
 * Cuts a RUN behind its install. The second part keeps its lines as they are; the first one is a line. Both have the flags
 * of the one they were.
 */
export function restOfText(run: Instruction, { installText }: InstallRun, escape: '\\' | '`'): TwoRuns {
  const unclear = { reason: say`line ${run}: its lines are joined in a way that leaves open where to cut` };
  const text = run.text;
  const start = text.indexOf(installText);
  // In several lines, with comments between them, or twice in the text.
  if (start === -1 || text.indexOf(installText, start + 1) !== -1) return unclear;
  const head = text.slice(0, start);
  const lineEnd = `[ \\t]*${escape === '\\' ? '\\\\' : '`'}?[ \\t]*\\r?\\n?[ \\t]*`;
  const cut = new RegExp(`^${lineEnd}&&${lineEnd}`).exec(text.slice(start + installText.length));
  if (cut === null) return unclear;
  const second = text.slice(start + installText.length + cut[0].length);
  // A comment line cannot stand behind the keyword.
  if (second === '' || second.startsWith('#')) return unclear;
  const keyword = head.includes('\n') ? flatten(head, escape) : head;
  return { first: `${keyword}${installText}`, second: `${keyword}${second}` };
}

/** Flags over several lines become one line. */
function flatten(head: string, escape: string): string {
  return head
    .split('\n')
    .map((line) => line.replace(/[ \t\r]+$/, ''))
    .map((line) => (line.endsWith(escape) ? line.slice(0, -1) : line).trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join(' ')
    .concat(' ');
}
