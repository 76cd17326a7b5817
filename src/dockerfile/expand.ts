import { replacePattern, trimPrefix, trimSuffix } from './shell-pattern.ts';

/** A variable's value; undefined where it is unset, null where nobody can tell (an image's environment, unread). */
export type Lookup = (name: string) => string | null | undefined;

/** Values double with each `ENV A=$A$A`; no honest one comes near this. */
const longest = 65_536;
const deepest = 50;

/**
 * Expands a word as BuildKit's shell lexer does (frontend/dockerfile/shell/lex.go, ProcessWord): variables with all
 * their modifiers, quotes taken off, escapes resolved. Null where the word is malformed, too long, or depends on a value
 * that nobody can tell.
 */
export function expandWord(word: string, lookup: Lookup, escape: '\\' | '`'): string | null {
  const parts = new Lexer(word, lookup, escape).run();
  return parts === null ? null : parts.text;
}

/** Like `expandWord`, split at white space that is not quoted, that of values included (ProcessWords). */
export function expandToWords(word: string, lookup: Lookup, escape: '\\' | '`'): readonly string[] | null {
  return new Lexer(word, lookup, escape).run()?.words ?? null;
}

/** Expands variables but keeps quotes and escapes, as in a here-document (ProcessWord with raw quotes and escapes). */
export function expandRaw(text: string, lookup: Lookup, escape: '\\' | '`'): string | null {
  return new Lexer(text, lookup, escape, true).run()?.text ?? null;
}

interface Lexed {
  readonly text: string;
  readonly words: readonly string[];
}

/** Malformed, too long, or unknowable: the same to every caller. */
class NoExpansion extends Error {}

class Lexer {
  readonly #source: string;
  readonly #lookup: Lookup;
  readonly #escape: string;
  readonly #raw: boolean;
  #at = 0;
  #depth = 0;

  constructor(source: string, lookup: Lookup, escape: string, raw = false) {
    this.#source = source;
    this.#lookup = lookup;
    this.#escape = escape;
    this.#raw = raw;
  }

  run(): Lexed | null {
    try {
      const words = new Words();
      const text = this.#until(null, this.#raw, words);
      return { text, words: words.list() };
    } catch (error) {
      if (error instanceof NoExpansion) return null;
      throw error;
    }
  }

  /** Up to `stop` outside quotes, which is taken, too. */
  #until(stop: string | null, rawEscapes: boolean, words: Words): string {
    if (++this.#depth > deepest) throw new NoExpansion();
    const parts = new Text();
    for (;;) {
      const character = this.#source.charAt(this.#at);
      if (character === '') {
        if (stop !== null) throw new NoExpansion();
        break;
      }
      this.#at++;
      if (character === stop) break;
      if (character === '$') words.add(parts.add(this.#dollar()));
      else if (character === "'" && !this.#raw) words.addQuoted(parts.add(this.#singleQuoted()));
      else if (character === '"' && !this.#raw) words.addQuoted(parts.add(this.#doubleQuoted()));
      else if (character === this.#escape) {
        const escaped = this.#source.charAt(this.#at++);
        words.addQuoted(parts.add(rawEscapes ? character + escaped : escaped));
      } else words.add(parts.add(character));
    }
    this.#depth--;
    return parts.join();
  }

  #singleQuoted(): string {
    const end = this.#source.indexOf("'", this.#at);
    if (end === -1) throw new NoExpansion();
    const text = this.#source.slice(this.#at, end);
    this.#at = end + 1;
    return text;
  }

  #doubleQuoted(): string {
    const parts = new Text();
    for (;;) {
      const character = this.#source.charAt(this.#at++);
      if (character === '') throw new NoExpansion();
      if (character === '"') return parts.join();
      if (character === '$') parts.add(this.#dollar());
      else if (character === this.#escape) {
        const next = this.#source.charAt(this.#at);
        const escapes = next === '"' || next === '$' || next === this.#escape;
        parts.add(escapes ? next : next === '' ? '' : character);
        if (escapes) this.#at++;
      } else parts.add(character);
    }
  }

  #dollar(): string {
    if (this.#source.charAt(this.#at) !== '{') {
      const name = this.#name();
      return name === '' ? '$' : this.#value(name);
    }
    this.#at++;
    if (/^[{}:]?$/.test(this.#source.charAt(this.#at))) throw new NoExpansion();
    const name = this.#name();
    const modifier = this.#source.charAt(this.#at++);
    switch (modifier) {
      case '}':
        return this.#value(name);
      case ':':
        return this.#choice(name, this.#source.charAt(this.#at++), true);
      case '-':
      case '+':
      case '?':
        return this.#choice(name, modifier, false);
      case '#':
      case '%':
        return this.#trimmed(name, modifier);
      case '/':
        return this.#replaced(name);
      default:
        throw new NoExpansion();
    }
  }

  #name(): string {
    const rest = this.#source.slice(this.#at, this.#at + 256);
    const name = /^(?:[@*#?$!-]|\d+|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(rest)?.[0] ?? '';
    this.#at += name.length;
    return name;
  }

  #value(name: string): string {
    return this.#known(name) ?? '';
  }

  #known(name: string): string | undefined {
    const value = this.#lookup(name);
    if (value === null) throw new NoExpansion();
    return value;
  }

  #choice(name: string, modifier: string, emptyIsUnset: boolean): string {
    const word = this.#until('}', false, new Words());
    const value = this.#known(name);
    const set = value !== undefined && !(emptyIsUnset && value === '');
    if (modifier === '-') return set ? value : word;
    if (modifier === '+') return set ? word : '';
    if (modifier === '?' && set) return value;
    throw new NoExpansion();
  }

  #trimmed(name: string, modifier: '#' | '%'): string {
    const word = this.#until('}', true, new Words());
    const greedy = word.startsWith(modifier);
    const trim = modifier === '#' ? trimPrefix : trimSuffix;
    return orNone(trim(this.#value(name), greedy ? word.slice(1) : word, greedy));
  }

  #replaced(name: string): string {
    const all = this.#source.charAt(this.#at) === '/';
    if (all) this.#at++;
    const pattern = this.#until('/', true, new Words());
    const replacement = this.#until('}', true, new Words());
    return orNone(replacePattern(this.#value(name), pattern, replacement, all));
  }
}

function orNone(text: string | null): string {
  if (text === null) throw new NoExpansion();
  return text;
}

/** A text that grows, up to a limit. */
class Text {
  readonly #parts: string[] = [];
  #length = 0;

  add(part: string): string {
    this.#length += part.length;
    if (this.#length > longest) throw new NoExpansion();
    this.#parts.push(part);
    return part;
  }

  join(): string {
    return this.#parts.join('');
  }
}

/** The words of an expanded text. */
class Words {
  readonly #words: string[] = [];
  #word = '';
  #inWord = false;

  add(text: string): void {
    for (const character of text) {
      if (/\s/.test(character)) this.#end();
      else {
        this.#word += character;
        this.#inWord = true;
      }
    }
  }

  /** White space in quotes parts no words, and a quoted nothing is a word. */
  addQuoted(text: string): void {
    this.#word += text;
    this.#inWord = true;
  }

  list(): readonly string[] {
    this.#end();
    return this.#words;
  }

  #end(): void {
    if (this.#inWord) this.#words.push(this.#word);
    this.#word = '';
    this.#inWord = false;
  }
}
