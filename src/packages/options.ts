/** What is known of the options of a command. Names with their dashes. */
export interface KnownOptions {
  readonly flags: ReadonlySet<string>;
  /** Take a value, as `--name=value` or in the next word. */
  readonly valued: ReadonlySet<string>;
}

export interface ReadOptions {
  /** Null for flags. The last one of a name counts; of those in `all` each one does. */
  readonly options: ReadonlyMap<string, string | null>;
  readonly all: readonly { readonly name: string; readonly value: string | null }[];
  readonly operands: readonly string[];
  /** The first one that is not known. */
  readonly unknown: string | null;
}

/** Names, separated by white space. */
export function names(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Takes the words behind a command apart. An option that is not known may take a value or not, so it ends the reading. */
export function readOptions(words: readonly string[], { flags, valued }: KnownOptions): ReadOptions {
  const all: { name: string; value: string | null }[] = [];
  const operands: string[] = [];
  let unknown: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const equals = word.indexOf('=');
    const name = equals === -1 ? word : word.slice(0, equals);
    if (!word.startsWith('-') || word === '-') operands.push(word);
    else if (flags.has(word)) all.push({ name: word, value: null });
    else if (valued.has(name) && equals !== -1) all.push({ name, value: word.slice(equals + 1) });
    else if (valued.has(name)) all.push({ name, value: words[++at] ?? '' });
    else if (!word.startsWith('--') && valued.has(word.slice(0, 2)))
      // `-rrequirements.txt`
      all.push({ name: word.slice(0, 2), value: word.slice(2) });
    else {
      unknown = word;
      break;
    }
  }
  return { options: new Map(all.map(({ name, value }) => [name, value])), all, operands, unknown };
}

/** Why an install with these options is not understood; null where it is. */
export function unknownOption({ unknown }: ReadOptions): string | null {
  return unknown === null ? null : `what it reads with ${unknown} is not known`;
}
