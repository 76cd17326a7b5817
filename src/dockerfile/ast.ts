import type * as dockerfileAst from 'dockerfile-ast';
import { createRequire } from 'node:module';
import type { LineRange } from './dockerfile.ts';

/** An instruction as dockerfile-ast finds it. */
export interface AstInstruction extends LineRange {
  /** Upper case. */
  readonly keyword: string;
}

/** Its cost grows faster than the file; a Dockerfile of this length is no one's work. */
const longest = 100_000;

/** Loaded with the first Dockerfile: it takes as long as a small image's whole analysis, and most have none. */
function library(): typeof dockerfileAst {
  return createRequire(import.meta.url)('dockerfile-ast') as typeof dockerfileAst;
}

/** What dockerfile-ast makes of a file; null where it gives up. The only file that knows the library. */
export function readAst(text: string): readonly AstInstruction[] | null {
  if (text.length > longest) return null;
  try {
    const { DockerfileParser } = library();
    return DockerfileParser.parse(withoutComments(text))
      .getInstructions()
      .map((instruction) => {
        const { start, end } = instruction.getRange();
        return { keyword: instruction.getKeyword(), startLine: start.line + 1, endLine: end.line + 1 };
      });
  } catch {
    return null;
  }
}

/**
 * The same lines, with comments emptied: the library looks for a directive at every `#` of the first ones, which takes it
 * minutes for a line of nothing else.
 */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .map((line) => (isComment.test(line) && !mayBeDirective.test(line) ? '#' : line))
    .join('\n');
}

const isComment = /^[ \t]*#/;
const mayBeDirective = /^[ \t]*#[ \t]*escape[ \t]*=[ \t]*.[ \t\r]*$/i;
