import { execForm, splitCommand } from './split-command.ts';

/** `<<NAME` as it opens a here-document. */
export interface HeredocStart {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
}

const openers = new Set(['RUN', 'COPY', 'ADD']);

/** The here-documents that a joined line opens (BuildKit's parser.go, heredocsFromLine), in order. */
export function heredocsOfLine(line: string, escape: string): HeredocStart[] {
  if (!line.includes('<<')) return [];
  const outer = splitCommand(line);
  const { keyword, rest } = outer.keyword === 'ONBUILD' ? splitCommand(outer.rest) : outer;
  if (!openers.has(keyword) || execForm(rest) !== null) return [];
  return rawWords(line, escape).flatMap((word) => heredocOfWord(word) ?? []);
}

/** `<<EOF`, `3<<-"EOF"`; null for any other word, `a<<b` and `<<<` included. */
export function heredocOfWord(word: string): HeredocStart | null {
  const match = /^\d*<<(-?)([^<]+)$/.exec(word);
  if (match === null) return null;
  const [, dash = '', quoted = ''] = match;
  const name = quoted.replaceAll(/["'\\]/g, '');
  return name === '' ? null : { name, expand: name === quoted, chomp: dash === '-' };
}

/** Words at white space outside quotes; quotes and escapes stay in them. */
function rawWords(line: string, escape: string): string[] {
  const words: string[] = [];
  let start = 0;
  let quote = '';
  for (let at = 0; at <= line.length; at++) {
    const character = line.charAt(at);
    if (character === escape && quote !== "'") at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '' || /\s/.test(character)) {
      if (at > start) words.push(line.slice(start, at));
      start = at + 1;
    }
  }
  return words;
}
