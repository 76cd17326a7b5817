import type { Flag } from './dockerfile.ts';

/** A joined line taken apart: keyword, `--flags`, and what follows. */
export interface Command {
  readonly keyword: string;
  readonly flags: readonly Flag[];
  readonly rest: string;
  /** All that follows the keyword, flags included, trimmed. */
  readonly afterKeyword: string;
}

/** Takes a joined line apart as BuildKit does (parser/split_command.go). The keyword is in upper case. */
export function splitCommand(line: string): Command {
  const trimmed = line.trim();
  const keyword = /^[^\t\v\f\r ]*/.exec(trimmed)?.[0] ?? '';
  const afterKeyword = trimmed.slice(keyword.length).trim();
  const { words, end } = leadingFlags(afterKeyword);
  const flags = words.map((word): Flag => {
    const equals = word.indexOf('=');
    return equals === -1
      ? { name: word.slice(2), value: null }
      : { name: word.slice(2, equals), value: word.slice(equals + 1) };
  });
  return { keyword: keyword.toUpperCase(), flags, rest: afterKeyword.slice(end).trim(), afterKeyword };
}

/** A JSON array of strings, the exec form; null for anything else, which is a shell command then. */
export function execForm(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : null;
  } catch {
    return null;
  }
}

/** Words that start with `--`, quotes and escapes resolved; a lone `--` ends them. */
function leadingFlags(text: string): { words: readonly string[]; end: number } {
  const words: string[] = [];
  let at = 0;
  while (text.startsWith('--', at)) {
    let word = '';
    let quote = '';
    for (; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === '\\') word += text.charAt(++at);
      else if (quote !== '') {
        if (character === quote) quote = '';
        else word += character;
      } else if (character === '"' || character === "'") quote = character;
      else if (/\s/.test(character)) break;
      else word += character;
    }
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
    if (word === '--') break;
    words.push(word);
  }
  return { words, end: at };
}
