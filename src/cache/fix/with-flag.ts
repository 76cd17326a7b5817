import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { type SourceLines, withText } from './source-lines.ts';

/** The lines with a flag behind the keyword of an instruction; null where that stands alone in its line. */
export function withFlag(lines: SourceLines, { startLine, keyword }: Instruction, flag: string): SourceLines | null {
  const line = lines[startLine - 1];
  const match = line === undefined ? null : /^(\s*\S+[ \t]+)(\S[^]*)$/.exec(line.text.trimEnd());
  const [, head, rest] = match ?? [];
  if (line === undefined || head === undefined || rest === undefined || head.trim().toUpperCase() !== keyword)
    return null;
  return lines.map((each) => (each === line ? withText(lines, line, `${head}${flag} ${rest}`) : each));
}
