import { fileText } from '../file/file-text.ts';
import { hexLineOf } from '../file/hex-lines.ts';
import { type Match, nextMatch, previousMatch } from '../file/matches.ts';
import { placeInText } from '../file/text-lines.ts';
import type { Model } from '../model/model.ts';
import { type Step, step, told } from '../state/event.ts';
import { fileLineCount, matchesIn, withLook } from '../state/file-look.ts';
import { paneHeight, paneWidth } from '../state/look.ts';
import type { FileState, State } from '../state/state.ts';

/** Looks for a text from where the look began. */
export function search(model: Model, state: State, query: string): State {
  const { file } = state;
  if (file?.kind !== 'content') return state;
  const look = { ...file.look, query };
  const matches = matchesIn(file.content, look);
  const match = matches === null ? null : nextMatch(matches, firstShown(model, state, file) - 1);
  return match === null ? withLook(state, { query, match: null }) : showMatch(model, withLook(state, { query }), match);
}

/** Goes to the next match, or the one before, and says which of how many it is. */
export function stepMatch(model: Model, state: State, way: 'next' | 'previous'): Step {
  const { file } = state;
  if (file?.kind !== 'content') return step(state);
  const matches = matchesIn(file.content, file.look);
  if (matches === null) return told(state, 'Nothing to look for: search first.');
  const from = file.look.match ?? firstShown(model, state, file);
  const match = way === 'next' ? nextMatch(matches, from) : previousMatch(matches, from);
  if (match === null) return told(state, `No ${file.look.query} here.`);
  const all = `${matches.starts.length}${matches.limited ? ' or more' : ''}`;
  const wrapped = match.wrapped ? (way === 'next' ? ', from the start again' : ', from the end again') : '';
  return told(showMatch(model, state, match), `Match ${match.index + 1} of ${all}${wrapped}.`);
}

function firstShown(model: Model, state: State, { content, look }: Extract<FileState, { kind: 'content' }>): number {
  if (look.hex) return look.top * Math.ceil(content.bytes.length / Math.max(1, fileLineCount(model, state)));
  return fileText(content).starts[look.top] ?? 0;
}

function showMatch(model: Model, state: State, { start }: Match): State {
  const { file } = state;
  if (file?.kind !== 'content') return state;
  const width = paneWidth(model, state, 'file');
  const height = paneHeight(model, state, 'file');
  const { look, content } = file;
  const place = look.hex
    ? { line: hexLineOf(start, width), scrollX: 0 }
    : placeInText(fileText(content), start, { width, scrollX: look.scrollX });
  const seen = place.line >= look.top && place.line < look.top + height;
  const top = seen ? look.top : Math.max(0, place.line - Math.floor(height / 3));
  return withLook(state, { match: start, top, scrollX: place.scrollX });
}
