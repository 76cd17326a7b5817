import { compareLines } from '../file/comparison.ts';
import { describeContent } from '../file/describe-content.ts';
import { fileText } from '../file/file-text.ts';
import { hexLines } from '../file/hex-lines.ts';
import { textLines } from '../file/text-lines.ts';
import { type Line, span } from '../line.ts';
import { matchesIn } from '../state/file-look.ts';
import type { FileState } from '../state/state.ts';
import type { PaneRows } from './pane-rows.ts';

/** The file that was opened last: its text, its bytes, or how it differs from the layer below. */
export function filePaneRows(file: FileState | null, width: number, height: number): PaneRows {
  return { rows: fileLines(file, width, height), cursor: null };
}

function fileLines(file: FileState | null, width: number, height: number): readonly Line[] {
  switch (file?.kind) {
    case undefined:
      return [[span(' Enter on a file in the tree shows it here.', 'faint')]];
    case 'waiting':
      return [[span(' Reading …', 'faint')]];
    case 'comparison':
      return compareLines(file.comparison, file.look.top, height, { width, scrollX: file.look.scrollX });
    case 'content': {
      const { content, look } = file;
      if (content.sizeBytes === 0) return [[span(' The file is empty.', 'faint')]];
      const view = { width, scrollX: look.scrollX, matches: matchesIn(content, look) };
      return look.hex
        ? hexLines(content, look.top, height, view)
        : textLines(fileText(content), look.top, height, view);
    }
  }
}

/** What the file is, for the title. */
export function fileTitle(file: FileState | null): string {
  if (file?.kind === 'content') return describeContent(file.content);
  return file?.kind === 'comparison' ? 'against the layer below' : '';
}
