/** A line of the file as it is by now. */
export interface SourceLine {
  /** Without its newline; a carriage return before that is kept. */
  readonly text: string;
  /** Its number in the file as it was, 1-based; null where it is new. */
  readonly origin: number | null;
}

/** A text in lines. The last one is empty where the text ends with a newline. */
export type SourceLines = readonly SourceLine[];

export function splitSource(text: string): SourceLines {
  return text.split('\n').map((line, at) => ({ text: line, origin: at + 1 }));
}

export function joinSource(lines: SourceLines): string {
  return lines.map(({ text }) => text).join('\n');
}

/** New lines, with the ends that the others have. */
export function newLines(lines: SourceLines, texts: readonly string[]): SourceLines {
  const end = lines[0]?.text.endsWith('\r') === true ? '\r' : '';
  return texts.flatMap((text) => text.split('\n')).map((text) => ({ text: text + end, origin: null }));
}

/** The same line with another text. */
export function withText(lines: SourceLines, line: SourceLine, text: string): SourceLine {
  return { text: text + (newLines(lines, [''])[0]?.text ?? ''), origin: line.origin };
}

/** The number that a line had; that of the last old line before it where it is new. */
export function originOf(lines: SourceLines, line: number): number {
  const before = lines.slice(0, line).findLast(({ origin }) => origin !== null);
  return before?.origin ?? 1;
}
