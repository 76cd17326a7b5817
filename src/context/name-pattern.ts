import { compilePattern, matchesPathOrParent } from '../dockerfile/ignore-pattern.ts';

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
  return pattern === null ? null : (name) => matchesPathOrParent(pattern, name);
}
