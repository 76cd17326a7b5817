/** A part of a shell pattern: `*`, `?` or one character. */
type Token = { readonly kind: 'any' } | { readonly kind: 'one' } | { readonly kind: 'character'; readonly is: string };

/** Patterns and values beyond this are left alone: matching takes the product of their lengths. */
const longest = 4096;

/** The end of the shortest or longest match of a pattern at `from`; null where it does not match there. */
function matchAt(pattern: string, value: string, from: number, greedy: boolean): number | null {
  const tokens = tokenize(pattern);
  // All positions of the pattern at once: no backtracking, whatever the pattern.
  let states = closure(new Set([0]), tokens);
  let end: number | null = states.has(tokens.length) ? from : null;
  for (let at = from; at < value.length && states.size > 0; at++) {
    if (end !== null && !greedy) return end;
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === undefined) continue;
      if (token.kind === 'any') next.add(state);
      else if (token.kind === 'one' || token.is === value.charAt(at)) next.add(state + 1);
    }
    states = closure(next, tokens);
    if (states.has(tokens.length)) end = at + 1;
  }
  return end;
}

/** `${name#pattern}` and `##`: the value without its shortest or longest matching start. */
export function trimPrefix(value: string, pattern: string, greedy: boolean): string | null {
  if (value.length > longest || pattern.length > longest) return null;
  return value.slice(matchAt(pattern, value, 0, greedy) ?? 0);
}

/** `${name%pattern}` and `%%`. */
export function trimSuffix(value: string, pattern: string, greedy: boolean): string | null {
  const trimmed = trimPrefix(reverse(value), reversePattern(pattern), greedy);
  return trimmed === null ? null : reverse(trimmed);
}

/** `${name/pattern/replacement}` and `//`: the longest match from the left, once or everywhere. */
export function replacePattern(value: string, pattern: string, replacement: string, all: boolean): string | null {
  if (value.length * pattern.length > longest || replacement.length > longest) return null;
  let result = '';
  let at = 0;
  while (at <= value.length) {
    const end = matchAt(pattern, value, at, true);
    if (end === null) {
      result += value.charAt(at++);
      continue;
    }
    result += replacement;
    if (!all) return result + value.slice(end);
    if (end === at) result += value.charAt(at);
    at = end === at ? at + 1 : end;
    if (at === value.length && end > 0) break;
  }
  return result;
}

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '*') tokens.push({ kind: 'any' });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '\\' && at + 1 < pattern.length)
      tokens.push({ kind: 'character', is: pattern.charAt(++at) });
    else tokens.push({ kind: 'character', is: character });
  }
  return tokens;
}

function closure(states: Set<number>, tokens: readonly Token[]): Set<number> {
  // A set's iteration reaches what is added on the way.
  for (const state of states) if (tokens[state]?.kind === 'any') states.add(state + 1);
  return states;
}

function reverse(text: string): string {
  return Array.from(text).toReversed().join('');
}

function reversePattern(pattern: string): string {
  return (pattern.match(/\\?[^]/g) ?? []).toReversed().join('');
}
