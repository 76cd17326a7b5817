import { compilePattern, type PathPattern } from '../dockerfile/ignore-pattern.ts';

/** Whether a source is a pattern: a backslash takes the meaning from what follows it. */
export function hasWildcard(source: string): boolean {
  return /^(?:[^\\*?[]|\\[^])*[*?[]/.test(source);
}

/** Beyond Linux' longest path: it fits nothing that exists. */
const longest = 4096;

/**
 * Tells which names one part of a source fits, by Go's `path.Match`; null where it is malformed. Unlike in an ignore file,
 * `**` means no more than `*`.
 */
export function namePattern(part: string): ((name: string) => boolean) | null {
  if (part.length > longest) return null;
  const pattern = compilePattern(
    part.replaceAll(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|\*+/g, (run) => (run.startsWith('*') ? '*' : run)),
  );
  return pattern === null ? null : (name) => fits(pattern, Array.from(name));
}

/**
 * What a star stands for grows only when the rest does not fit, and then the last star's alone: the time is the product of
 * the lengths. A replay asks this of every name beside a changed file.
 */
function fits(pattern: PathPattern, name: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let starEnd = 0;
  while (at < name.length) {
    if (pattern[token]?.kind === 'name') {
      star = token++;
      starEnd = at;
    } else if (takes(pattern[token], name[at] ?? '')) {
      token++;
      at++;
    } else if (star === -1) {
      return false;
    } else {
      token = star + 1;
      at = ++starEnd;
    }
  }
  return pattern.slice(token).every(({ kind }) => kind === 'name');
}

function takes(token: PathPattern[number] | undefined, character: string): boolean {
  switch (token?.kind) {
    case 'character':
      return token.is === character;
    case 'class':
      return token.ranges.some(([from, to]) => from <= character && character <= to) !== token.negated;
    case 'one':
      return true;
    case 'name':
    case 'all':
    case 'directories':
    case undefined:
      return false;
  }
}
