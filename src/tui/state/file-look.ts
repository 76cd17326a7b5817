import { compareLineCount } from '../file/comparison.ts';
import type { FileContent } from '../file/content.ts';
import { fileText } from '../file/file-text.ts';
import { hexLineCount } from '../file/hex-lines.ts';
import { lineCount } from '../file/line-index.ts';
import type { Matches } from '../file/matches.ts';
import { searchHex, searchText } from '../file/search.ts';
import type { Model } from '../model/model.ts';
import { paneWidth } from './look.ts';
import type { FileLook, State } from './state.ts';

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
