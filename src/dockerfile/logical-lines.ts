import type { Heredoc, LineRange } from './dockerfile.ts';
import { heredocsOfLine, type HeredocStart } from './heredoc.ts';

/** An instruction's lines joined to one, as builders do before they look at it. */
export interface LogicalLine extends LineRange {
  readonly line: string;
  readonly heredocs: readonly Heredoc[];
  /** A here-document that the file ends in. */
  readonly unterminated: boolean;
  /** Comment lines right above it and between its lines, with their number, trimmed and without the `#`. */
  readonly comments: readonly Comment[];
}

export interface Comment {
  readonly line: number;
  readonly text: string;
}

/**
 * Splits a file into logical lines by BuildKit's rules (frontend/dockerfile/parser/parser.go, Parse): a line that ends
 * in the escape character goes on in the next; comment and blank lines in between do not count; here-documents follow
 * the line that opens them. Linear in the length of the text.
 */
export function splitLogicalLines(text: string, escape: '\\' | '`'): LogicalLine[] {
  const lines = physicalLines(text);
  const logical: LogicalLine[] = [];
  let comments: Comment[] = [];
  let at = 0;
  while (at < lines.length) {
    const start = at;
    const first = lines[at++] ?? '';
    if (isComment(first)) {
      comments.push(commentOf(first, start));
      continue;
    }
    let { part, goesOn } = takeContinuation(first.trimStart(), escape);
    if (part === '' && !goesOn) {
      comments = [];
      continue;
    }
    const parts = [part];
    let end = start;
    while (goesOn && at < lines.length) {
      const next = lines[at] ?? '';
      if (isComment(next)) comments.push(commentOf(next, at));
      else if (next.trim() !== '') {
        ({ part, goesOn } = takeContinuation(next, escape));
        parts.push(part);
        end = at;
      }
      at++;
    }
    const line = parts.join('');
    if (line.trim() === '') continue;
    const docs = readHeredocs(lines, at, heredocsOfLine(line, escape));
    if (docs.end > at) end = docs.end - 1;
    at = docs.end;
    const { heredocs, unterminated } = docs;
    logical.push({ startLine: start + 1, endLine: end + 1, line, heredocs, unterminated, comments });
    comments = [];
  }
  return logical;
}

/** The lines of a text, without their ends: a newline ends one, and carriage returns before it do not count. */
export function physicalLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map(withoutCarriageReturns);
}

function withoutCarriageReturns(line: string): string {
  let end = line.length;
  while (end > 0 && line.charAt(end - 1) === '\r') end--;
  return line.slice(0, end);
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

function commentOf(line: string, at: number): Comment {
  return { line: at + 1, text: line.trimStart().slice(1).trim() };
}

/** A doubled escape character at the end stands for itself and ends the line. */
function takeContinuation(line: string, escape: string): { part: string; goesOn: boolean } {
  let end = line.length;
  while (end > 0 && (line.charAt(end - 1) === ' ' || line.charAt(end - 1) === '\t')) end--;
  const goesOn = line.charAt(end - 1) === escape && line.charAt(end - 2) !== escape;
  return goesOn ? { part: line.slice(0, end - 1), goesOn } : { part: line, goesOn };
}

interface ReadHeredocs {
  readonly heredocs: readonly Heredoc[];
  readonly end: number;
  readonly unterminated: boolean;
}

function readHeredocs(lines: readonly string[], from: number, starts: readonly HeredocStart[]): ReadHeredocs {
  const heredocs: Heredoc[] = [];
  let at = from;
  for (const { name, expand, chomp } of starts) {
    const first = at;
    while (at < lines.length && (chomp ? withoutTabs(lines[at] ?? '') : lines[at]) !== name) at++;
    // Without its end a builder refuses the file. To take the rest of it as content would lose every later line.
    if (at === lines.length) return { heredocs, end: from, unterminated: true };
    const content = lines.slice(first, at).map((line) => `${line}\n`);
    heredocs.push({ name, content: content.join(''), expand, chomp });
    at++;
  }
  return { heredocs, end: at, unterminated: false };
}

function withoutTabs(line: string): string {
  let start = 0;
  while (line.charAt(start) === '\t') start++;
  return line.slice(start);
}
