/** A simple command of a shell script. */
export interface ShellCommand {
  /** `NAME=value` in front of it. */
  readonly environment: ReadonlyMap<string, string>;
  /** Quotes are gone. Null where the shell would put something in place of a part of them. */
  readonly words: readonly string[] | null;
  /** Where it stands in the script: from its first character to behind its last one. */
  readonly start: number;
  readonly end: number;
  /** What stands between it and the next one; null at the end. */
  readonly joiner: '&&' | ';' | null;
}

/** No one writes longer ones by hand. */
const longest = 65_536;

/**
 * Takes a script apart into simple commands that run one after the other (POSIX shell, 2.9). Null where it has anything
 * else (pipes, redirections, groups, loops, functions, here-documents): what is not understood must not be reasoned about.
 * Linear in the length of the script.
 */
export function splitShellCommands(script: string): readonly ShellCommand[] | null {
  if (script.length > longest) return null;
  const commands: ShellCommand[] = [];
  let words: Word[] = [];
  let at = 0;
  const close = (joiner: ShellCommand['joiner']): boolean => {
    const command = commandOf(words, joiner);
    words = [];
    if (command === null) return false;
    commands.push(command);
    return true;
  };
  while (at < script.length) {
    const character = script.charAt(at);
    if (character === ' ' || character === '\t') at++;
    else if (script.startsWith('&&', at)) {
      if (!close('&&')) return null;
      at += 2;
    } else if (character === ';' || character === '\n') {
      // `;;` belongs to a case, and an empty command is none.
      if (!close(';')) return null;
      at++;
    } else {
      const word = readWord(script, at);
      if (word === null) return null;
      words.push(word);
      at = word.end;
    }
  }
  const ended = words.length > 0 ? close(null) : commands.at(-1)?.joiner === ';';
  return ended && commands.length > 0 ? commands : null;
}

interface Word {
  /** Null where it holds what the shell expands. */
  readonly text: string | null;
  /** Nothing in it was quoted, so that it may be a keyword of the shell. */
  readonly bare: boolean;
  readonly start: number;
  readonly end: number;
}

function commandOf(all: readonly Word[], joiner: ShellCommand['joiner']): ShellCommand | null {
  const environment = new Map<string, string>();
  let first = 0;
  for (; first < all.length; first++) {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([^]*)$/.exec(all[first]?.text ?? '') ?? [];
    if (name === undefined || value === undefined) break;
    environment.set(name, value);
  }
  const words = all.slice(first);
  const [start, end] = [all[0], all.at(-1)];
  const [name] = words;
  if (start === undefined || end === undefined || name === undefined || name.text === null) return null;
  if (name.bare && keywords.has(name.text)) return null;
  const texts = words.flatMap(({ text }) => text ?? []);
  return { environment, words: texts.length === words.length ? texts : null, start: start.start, end: end.end, joiner };
}

const keywords = new Set(
  `! { } [[ ]] case coproc do done elif else esac fi for function if in select then time until while`.split(' '),
);

/** What a word may not hold outside quotes: operators, globs, braces, comments. */
const special = /[|&;<>()`*?[\]{}#!~]/;

function readWord(script: string, start: number): Word | null {
  let text = '';
  let bare = true;
  let expands = false;
  let at = start;
  while (at < script.length) {
    const character = script.charAt(at);
    if (/[ \t\n;]/.test(character) || script.startsWith('&&', at)) break;
    if (character === "'") {
      const end = script.indexOf("'", at + 1);
      if (end === -1) return null;
      text += script.slice(at + 1, end);
      bare = false;
      at = end + 1;
    } else if (character === '"') {
      const quoted = readDoubleQuoted(script, at + 1);
      if (quoted === null) return null;
      text += quoted.text;
      expands ||= quoted.expands;
      bare = false;
      at = quoted.end;
    } else if (character === '\\') {
      text += script.charAt(at + 1);
      bare = false;
      at += 2;
    } else if (character === '$') {
      const end = variableEnd(script, at);
      if (end === null) return null;
      expands = true;
      at = end;
    } else if (special.test(character)) {
      // A group or an operator changes what the script is; a glob, only what this word is.
      if (!/[*?[\]~#!]/.test(character) || (character === '#' && at === start)) return null;
      expands ||= character !== '#' && character !== '!' && !(character === '~' && at > start);
      text += character;
      at++;
    } else {
      text += character;
      at++;
    }
  }
  return { text: expands ? null : text, bare, start, end: at };
}

function readDoubleQuoted(script: string, from: number): { text: string; expands: boolean; end: number } | null {
  let text = '';
  let expands = false;
  let at = from;
  while (at < script.length) {
    const character = script.charAt(at);
    if (character === '"') return { text, expands, end: at + 1 };
    if (character === '`') return null;
    if (character === '$') {
      const end = variableEnd(script, at);
      if (end === null) return null;
      expands = true;
      at = end;
    } else if (character === '\\' && /[$`"\\\n]/.test(script.charAt(at + 1))) {
      text += script.charAt(at + 1);
      at += 2;
    } else {
      text += character;
      at++;
    }
  }
  return null;
}

/** The end of `$NAME` or `${NAME}`; null for all other expansions, which may run commands. */
function variableEnd(script: string, at: number): number | null {
  const match = /^\$(?:\{[A-Za-z_][A-Za-z0-9_]*\}|[A-Za-z_][A-Za-z0-9_]*)/.exec(script.slice(at, at + 300));
  return match === null ? null : at + match[0].length;
}
