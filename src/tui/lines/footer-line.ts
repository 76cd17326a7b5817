import { sanitize } from '../../text/sanitize.ts';
import type { Bindings } from '../keys/bindings.ts';
import { footerLine } from '../keys/help.ts';
import { type Line, span } from '../line.ts';
import type { Model } from '../model/model.ts';
import { matchesIn } from '../state/file-look.ts';
import { treePane, treeView } from '../state/look.ts';
import type { Prompt, State } from '../state/state.ts';
import { contextOf } from '../state/look.ts';

const questions: Readonly<Record<Prompt['kind'], string>> = {
  filter: 'Filter: ',
  search: 'Search: ',
  extract: 'Extract into: ',
  report: 'Write the report to (.md .json .txt): ',
};

/** The last row: what is typed, or what was done, or what can be. */
export function bottomLine(model: Model, bindings: Bindings, state: State): Line {
  const { prompt, message } = state;
  if (prompt !== null)
    return [
      span(questions[prompt.kind], 'strong'),
      span(sanitize(prompt.text)),
      span('▏', 'match'),
      span(`  ${foundText(model, state, prompt)}`, 'faint'),
    ];
  if (message !== null)
    return [
      span(message.tone === 'error' ? '✗ ' : '• ', message.tone === 'error' ? 'removed' : 'added'),
      span(sanitize(message.text), message.tone === 'error' ? 'removed' : 'strong'),
    ];
  return footerLine(bindings, contextOf(state.focus), Math.max(10, state.size.columns - 1));
}

function foundText(model: Model, state: State, { kind, text }: Prompt): string {
  if (text === '') return kind === 'filter' ? 'part of a name or path, or a glob: *.pyc' : '';
  if (kind === 'filter') return found(treeView(model, state, treePane(state))?.filtered.hitCount ?? 0, false);
  if (kind !== 'search' || state.file?.kind !== 'content') return 'Enter · Esc';
  const matches = matchesIn(state.file.content, state.file.look);
  return matches === null ? '' : found(matches.starts.length, matches.limited);
}

function found(count: number, limited: boolean): string {
  return `${count}${limited ? '+' : ''} found · Enter keeps · Esc clears`;
}
