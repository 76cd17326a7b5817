import type { Instruction, LineRange } from '../../dockerfile/dockerfile.ts';

/** As much of an instruction as a sentence bears. */
const shownLength = 48;

/** `line 12 (RUN make)`. Not sanitised. */
export function placeOf({ startLine, line }: Instruction): string {
  const text = line.replaceAll(/\s+/g, ' ').trim();
  return `line ${startLine} (${text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text})`;
}

/** `line 5`, `lines 5 and 7`, `lines 5, 7 and 9`; of many only the first. */
export function linesOf(instructions: readonly LineRange[]): string {
  const lines = [...new Set(instructions.map(({ startLine }) => startLine))];
  const [first = 0] = lines;
  if (lines.length <= 1) return `line ${first}`;
  if (lines.length > 5) return `lines ${lines.slice(0, 4).join(', ')} and ${lines.length - 4} more`;
  return `lines ${lines.slice(0, -1).join(', ')} and ${lines.at(-1)}`;
}

/** The lines of an instruction, and nothing else of it. */
export function locationOf({ startLine, endLine }: LineRange): LineRange {
  return { startLine, endLine };
}
