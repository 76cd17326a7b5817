import { compareLineCount } from '../file/comparison.ts';
import type { FileContent } from '../file/content.ts';
import { fileText } from '../file/file-text.ts';
import { hexLineCount, hexLineOf } from '../file/hex-lines.ts';
import { lineCount } from '../file/line-index.ts';
import { type Match, type Matches, nextMatch, previousMatch } from '../file/matches.ts';
import { searchHex, searchText } from '../file/search.ts';
import { placeInText } from '../file/text-lines.ts';
import type { Model } from '../model/model.ts';
import { type Step, step, told } from './event.ts';
import { paneHeight, paneWidth } from './look.ts';
import type { FileLook, FileState, State } from './state.ts';

/** Lines of the file that is shown, in the form that it is shown in. */
export function fileLineCount(model: Model, state: State): number {
  const { file } = state;
  switch (file?.kind) {
    case 'content':
      return file.look.hex
        ? hexLineCount(file.content, paneWidth(model, state, 'file'))
        : lineCount(fileText(file.content));
    case 'comparison':
      return compareLineCount(file.comparison);
    default:
      return 0;
  }
}

/** The last search, for the frames that show its result. */
let searched: {
  readonly content: FileContent;
  readonly hex: boolean;
  readonly query: string;
  readonly matches: Matches;
} | null = null;

/** Where the query occurs in a file; null where there is no query. */
export function matchesIn(content: FileContent, { hex, query }: FileLook): Matches | null {
  if (query === '') return null;
  if (searched?.content !== content || searched.hex !== hex || searched.query !== query)
    searched = { content, hex, query, matches: hex ? searchHex(content, query) : searchText(fileText(content), query) };
  return searched.matches;
}

/** Another look at the same file. */
export function withLook(state: State, look: Partial<FileLook>): State {
  const { file } = state;
  if (file === null || file.kind === 'waiting') return state;
  return { ...state, file: { ...file, look: { ...file.look, ...look } } };
}

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
