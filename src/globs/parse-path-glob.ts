import { hasWildcard, namePattern } from '../context/name-pattern.ts';
import { type ByteString, decodeBytes, encodeText } from '../text/byte-string.ts';
import { anyName, type GlobPart, type GlobPattern, type PathGlob } from './path-glob.ts';

/** Why a text is no pattern, and what would be one. Not sanitised. */
export interface GlobRefusal {
  readonly reason: string;
}

/** No system has a longer path. */
const longest = 4096;

/**
 * Reads a pattern for paths. What would never fit anything is refused, and so is what other tools understand and this one
 * does not: with a pattern that silently fits nothing, every budget holds.
 */
export function parsePathGlob(text: string): PathGlob | GlobRefusal {
  const reason = wrongWhole(text);
  if (reason !== null) return { reason };
  // What ends with a slash is a directory: everything below it.
  const whole = text.endsWith('/') ? `${text}**` : text;
  const parts: GlobPart[] = [];
  for (const part of whole.replace(/^\//, '').split('/')) {
    const parsed = parsePart(part);
    if ('reason' in parsed) return parsed;
    if (parsed.kind !== 'directories' || parts.at(-1)?.kind !== 'directories') parts.push(parsed);
  }
  return { text, parts };
}

function wrongWhole(text: string): string | null {
  if (text.trim() === '') return 'a path pattern is empty; write "/**" for all paths';
  if (text.length > longest) return `a path pattern is longer than ${longest} characters, as no path is`;
  if (text !== text.trim()) return `${quoted(text)} begins or ends with white space`;
  if (text.startsWith('!')) return `${quoted(text)} begins with "!": a path pattern cannot take paths out again`;
  if (text.includes('\0')) return `${quoted(text)} has a NUL, as no path has`;
  if (text === '/') return '"/" is the root alone; write "/**" for all paths';
  if (!text.startsWith('/') && !text.startsWith('**/')) {
    const meant = text.replace(/^(?:\.?\/|\*\*)+/, '');
    const instead =
      meant === '' ? 'write "/**" for all paths' : `did you mean ${quoted(`/${meant}`)} or ${quoted(`**/${meant}`)}?`;
    return `${quoted(text)} begins neither with "/" nor with "**/"; ${instead}`;
  }
  return null;
}

function parsePart(part: string): GlobPart | GlobRefusal {
  if (part === '**') return { kind: 'directories' };
  const reason = wrongPart(part);
  if (reason !== null) return { reason };
  if (!hasWildcard(part))
    return part.endsWith('\\') && !/^(?:[^\\]|\\[^])*$/.test(part)
      ? { reason: `${quoted(part)} ends with a backslash that takes the meaning from nothing` }
      : { kind: 'name', name: encodeText(part.replaceAll(/\\([^])/g, '$1')) };
  const pattern = patternPart(part);
  return pattern ?? { reason: `${quoted(part)} is no pattern: a "[" without its "]", or an empty or malformed class` };
}

function wrongPart(part: string): string | null {
  // What a backslash takes the meaning from is a character like any.
  const bare = part.replaceAll(/\\[^]/g, '_');
  if (part === '') return 'a path pattern has two slashes side by side';
  if (part === '.' || part === '..') return `a path pattern has a part ${quoted(part)}, as no path of an image has`;
  if (bare.includes('**'))
    return `${quoted(part)} has "**" beside other characters; it stands alone between slashes, as in ${quoted(`**/${part.replaceAll(/\*+/g, '*')}`)}`;
  if (/[{}]/.test(bare))
    return `${quoted(part)} has braces, which are not understood: write one pattern for each, or "\\{" for the character`;
  if (/\[!/.test(bare)) return `${quoted(part)} has "[!": write "[^" for any character but these`;
  if (/[?*+@!]\([^)]*\)/.test(bare))
    return `${quoted(part)} has a group in parentheses, which is not understood: write one pattern for each`;
  return null;
}

/** Null where it is malformed. */
function patternPart(part: string): GlobPattern | null {
  if (part === '*') return anyName;
  const fits = namePattern(part);
  if (fits === null) return null;
  const { runs, wildcards } = splitAtWildcards(part);
  const ends = { start: runs[0] ?? '', end: runs.at(-1) ?? '' };
  const core = runs.reduce((longestRun, run) => (run.length > longestRun.length ? run : longestRun), '');
  // `*.log` and `lib*`: their ends say it all.
  if (wildcards.length === 1 && wildcards[0] === '*') {
    const least = ends.start.length + ends.end.length;
    return {
      kind: 'pattern',
      ...ends,
      core,
      fits: (name) => name.length >= least && name.startsWith(ends.start) && name.endsWith(ends.end),
    };
  }
  return { kind: 'pattern', ...ends, core, fits: (name) => fits(decodeBytes(name)) };
}

/** What stands for other characters, and in bytes what is between: one run more than there are wildcards. */
function splitAtWildcards(part: string): {
  readonly runs: readonly ByteString[];
  readonly wildcards: readonly string[];
} {
  const runs = [''];
  const wildcards: string[] = [];
  for (const [token, escaped] of part.matchAll(/\\([^])|\[(?:\\[^]|[^\]\\])+\]|[^]/gu)) {
    const isLiteral = escaped !== undefined || (token !== '*' && token !== '?' && !token.startsWith('['));
    if (isLiteral) runs.push(`${runs.pop() ?? ''}${encodeText(escaped ?? token)}`);
    else {
      runs.push('');
      wildcards.push(token);
    }
  }
  return { runs, wildcards };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
