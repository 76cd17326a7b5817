/** A part of a pattern: what the next characters of a path must be. */
type Token =
  | { readonly kind: 'character'; readonly is: string }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] }
  /** `?`: one character of a name. */
  | { readonly kind: 'one' }
  /** `*`: any characters of a name. */
  | { readonly kind: 'name' }
  /** A `**` at the end: anything. */
  | { readonly kind: 'all' }
  /** Any other `**`: nothing, or anything that ends with a slash. */
  | { readonly kind: 'directories' };

export type PathPattern = readonly Token[];

/**
 * A pattern of `.dockerignore` (moby's patternmatcher, Pattern.compile): Go's `filepath.Match`, and `**`. Null where it
 * is malformed.
 */
export function compilePattern(pattern: string): PathPattern | null {
  const characters = Array.from(pattern);
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*' && characters[at + 1] === '*') {
      at++;
      const next = characters[at + 1];
      const slash = next === '/';
      if (slash) at++;
      // `**foo` takes any path that ends so, if nothing else in it is special.
      const suffix = tokens.length === 0 && !slash && !/[*?[\\]/.test(pattern.slice(2));
      tokens.push({ kind: at + 1 >= characters.length || suffix ? 'all' : 'directories' });
    } else if (character === '*') tokens.push({ kind: 'name' });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '[') {
      const found = readClass(characters, at + 1);
      if (found === null) return null;
      tokens.push(found.token);
      at = found.end;
    } else if (character === '\\') {
      const is = characters[++at];
      if (is === undefined) return null;
      tokens.push({ kind: 'character', is });
    } else tokens.push({ kind: 'character', is: character });
  }
  return tokens;
}

/** Whether a pattern fits a whole path or a directory above it, which stands for all below (MatchesOrParentMatches). */
export function matchesPathOrParent(pattern: PathPattern, path: string): boolean {
  const reached = follow(pattern, path);
  return reached === 'parent' || reached.has(2 * pattern.length);
}

/** Whether there can be a path below a directory that a pattern fits, or one that it has fitted already. */
export function mayMatchBelow(pattern: PathPattern, directory: string): boolean {
  const reached = follow(pattern, `${directory}/`);
  return reached === 'parent' || reached.size > 0;
}

/**
 * The places of a pattern that a path leads to; `parent` where it has fitted a directory on the way. All places that may
 * have been reached are followed at once, so the time is the product of the lengths, whatever the stars. Place 2n stands
 * before token n; 2n + 1 is inside the directories of a `**`, which only a slash ends.
 */
function follow(pattern: PathPattern, path: string): ReadonlySet<number> | 'parent' {
  let places = skipEmpty(new Set([0]), pattern);
  for (const character of path) {
    if (character === '/' && places.has(2 * pattern.length)) return 'parent';
    const next = new Set<number>();
    for (const place of places) step(pattern, place, character, next);
    if (next.size === 0) return next;
    places = skipEmpty(next, pattern);
  }
  return places;
}

function step(pattern: PathPattern, place: number, character: string, next: Set<number>): void {
  const at = Math.floor(place / 2);
  const token = pattern[at];
  switch (token?.kind) {
    case undefined:
      return;
    case 'character':
      if (token.is === character) next.add(place + 2);
      return;
    case 'class':
      if (token.ranges.some(([from, to]) => from <= character && character <= to) !== token.negated)
        next.add(place + 2);
      return;
    case 'one':
      if (character !== '/') next.add(place + 2);
      return;
    case 'name':
      if (character !== '/') next.add(place);
      return;
    case 'all':
      next.add(place);
      return;
    case 'directories':
      next.add(2 * at + 1);
      if (character === '/') next.add(2 * at + 2);
  }
}

/** Adds the places behind tokens that may stand for nothing. */
function skipEmpty(places: Set<number>, pattern: PathPattern): Set<number> {
  for (const place of places) {
    const kind = place % 2 === 0 ? pattern[place / 2]?.kind : undefined;
    if (kind === 'name' || kind === 'all' || kind === 'directories') places.add(place + 2);
  }
  return places;
}

interface ReadClass {
  readonly token: Token;
  readonly end: number;
}

function readClass(characters: readonly string[], start: number): ReadClass | null {
  const negated = characters[start] === '^';
  const ranges: (readonly [string, string])[] = [];
  let at = negated ? start + 1 : start;
  const one = (): string | null => {
    if (characters[at] === '\\') at++;
    return characters[at++] ?? null;
  };
  while (at < characters.length) {
    if (characters[at] === ']' && ranges.length > 0) return { token: { kind: 'class', negated, ranges }, end: at };
    if (characters[at] === '-' || characters[at] === ']') return null;
    const from = one();
    let to = from;
    if (characters[at] === '-') {
      at++;
      to = one();
    }
    if (from === null || to === null) return null;
    ranges.push([from, to]);
  }
  return null;
}
