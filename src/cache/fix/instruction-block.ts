import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { SourceLines } from './source-lines.ts';

/** Lines that belong together, as indices; `to` is behind the last one. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/**
 * An instruction with the comments right above it. The directives at the top of a file stay there, whatever follows.
 */
export function blockOf({ startLine, endLine }: Instruction, lines: SourceLines): Block {
  let from = startLine - 1;
  while (from > 0 && isComment(lines[from - 1]?.text ?? '')) from--;
  return { from, to: endLine };
}

function isComment(text: string): boolean {
  return text.trimStart().startsWith('#') && !/^\s*#\s*(?:syntax|escape|check)\s*=/i.test(text);
}

/** The lines without a block; of the blank lines around it those above stay. */
export function withoutBlock(lines: SourceLines, { from, to }: Block): SourceLines {
  const isBlank = (at: number): boolean => lines[at]?.text.trim() === '';
  // The last line is empty where the text ends with a newline; that one is no blank line.
  const next = from > 0 && isBlank(from - 1) && isBlank(to) && to < lines.length - 1 ? to + 1 : to;
  return [...lines.slice(0, from), ...lines.slice(next)];
}

/**
 * The lines without an instruction whose work an earlier one does from now on. Its comments go there: they say why. One that
 * silences a rule would silence it for the other instruction, and goes.
 */
export function foldInto(lines: SourceLines, gone: Instruction, into: Instruction): SourceLines {
  const block = blockOf(gone, lines);
  const comments = lines
    .slice(block.from, gone.startLine - 1)
    .filter(({ text }) => !/^\s*#\s*layerscope\b/i.test(text));
  const rest = withoutBlock(lines, block);
  const place = into.startLine - 1;
  return [...rest.slice(0, place), ...comments, ...rest.slice(place)];
}
