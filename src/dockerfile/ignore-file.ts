import { type PathPattern, compilePattern, mayMatchBelow, matchesPathOrParent } from './ignore-pattern.ts';

/** Tells whether a path of the build context is left out. */
export interface Ignore {
  /** @param path relative to the context, `/`-separated, without a leading slash */
  ignores(path: string): boolean;
  /** Whether a directory is left out with whatever may lie below it, so that nobody has to look. */
  ignoresAll(path: string): boolean;
  /** Patterns that no builder takes, as written; they are left out. */
  readonly malformed: readonly string[];
}

interface Rule {
  readonly exclude: boolean;
  readonly pattern: PathPattern;
}

/**
 * A `.dockerignore` as moby's patternmatcher reads it: Go's `filepath.Match` and `**`, the last rule that fits decides,
 * `!` brings back, and a directory stands for all below it. Which file applies (`<Dockerfile>.dockerignore` comes first)
 * is the caller's to say.
 */
export function createIgnore(text: string): Ignore {
  const malformed: string[] = [];
  const rules = readLines(text).flatMap((line): Rule[] => {
    const exclude = !line.startsWith('!');
    const cleaned = cleanRule(exclude ? line : line.slice(1).trim());
    const pattern = cleaned === null ? null : compilePattern(cleaned);
    // A lone `!` is an error, too.
    if (pattern === null) malformed.push(line);
    return pattern === null ? [] : [{ exclude, pattern }];
  });
  return {
    malformed,
    ignores: (path) => isIgnored(rules, cleanPath(path)),
    ignoresAll: (path) => ignoresAll(rules, cleanPath(path)),
  };
}

function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** What leaves a directory out leaves out all below, unless a later rule brings some of it back. */
function ignoresAll(rules: readonly Rule[], path: string): boolean {
  if (path === '') return false;
  const last = rules.findLastIndex(({ exclude, pattern }) => exclude && matchesPathOrParent(pattern, path));
  return last !== -1 && !rules.slice(last + 1).some(({ exclude, pattern }) => !exclude && mayMatchBelow(pattern, path));
}

function isIgnored(rules: readonly Rule[], cleaned: string): boolean {
  if (cleaned === '') return false;
  let ignored = false;
  for (const { exclude, pattern } of rules) {
    // A rule that cannot change the outcome is not looked at.
    if (exclude !== ignored && matchesPathOrParent(pattern, cleaned)) ignored = exclude;
  }
  return ignored;
}

/** Comments have their `#` in the first column (patternmatcher/ignorefile, ReadAll). */
function readLines(text: string): string[] {
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Go's `filepath.Clean` without a leading slash; null for nothing, and `.` for what means the context itself. */
function cleanRule(rule: string): string | null {
  if (rule === '') return null;
  const parts: string[] = [];
  for (const part of rule.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part === '..' && rule.startsWith('/')) continue;
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
