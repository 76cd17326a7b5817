import type { LineRange } from '../../dockerfile/dockerfile.ts';
import { originOf, type SourceLines } from './source-lines.ts';

/** A text that names lines. Moves see the file as it is by now, and people the one that they wrote. */
export type Words = string | readonly (string | LineRange | Words)[];

/** A template in which instructions stand for the numbers of their lines. */
export function say(texts: TemplateStringsArray, ...values: readonly (string | LineRange | Words)[]): Words {
  return texts.flatMap((text, at) => [text, values[at] ?? '']);
}

/** The text with the numbers that the lines had in the file as it was. */
export function spell(said: Words, lines: SourceLines): string {
  if (typeof said === 'string') return said;
  return said
    .map((part) =>
      typeof part === 'object' && 'startLine' in part ? String(originOf(lines, part.startLine)) : spell(part, lines),
    )
    .join('');
}
