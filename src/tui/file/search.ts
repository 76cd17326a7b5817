import type { FileContent } from './content.ts';
import type { FileText } from './file-text.ts';
import type { Matches } from './matches.ts';

/** Matches that are kept; a search that finds more says so. */
export const matchLimit = 10_000;

/**
 * Finds a text: in any case, unless it has an upper-case letter.
 * @returns offsets into `text.bytes`; nothing is found for an empty query
 */
export function searchText(text: FileText, query: string): Matches {
  if (text.encoding === null) return searchBytes(text.bytes, bytePattern(query));
  const decoded = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.length).toString('utf8');
  // Offsets in a string are not those of its bytes, and grow with them: count on from the last one.
  let [unit, byte] = [0, 0];
  const toByte = (at: number): number => {
    byte += Buffer.byteLength(decoded.slice(unit, at));
    unit = at;
    return byte;
  };
  return collect(decoded, literal(query), `u${caseFlag(query)}`, toByte);
}

/**
 * Finds a text in bytes of any kind, or bytes where the query is written as such: `7f 45 4c`.
 * @returns offsets into `content.bytes`
 */
export function searchHex(content: FileContent, query: string): Matches {
  const pairs = /^(?:[0-9a-f]{2}\s*)+$/i.test(query) ? query.replaceAll(/\s/g, '') : null;
  const text = bytePattern(query);
  // `be` may be either: both are found.
  return searchBytes(content.bytes, pairs === null ? text : `${hexPattern(pairs)}|${text}`);
}

function searchBytes(bytes: Uint8Array, pattern: string): Matches {
  const units = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return collect(units, pattern, '', (at) => at);
}

function collect(searched: string, pattern: string, flags: string, toByte: (at: number) => number): Matches {
  const [starts, ends]: [number[], number[]] = [[], []];
  const found = pattern === '' ? [] : searched.matchAll(new RegExp(pattern, `g${flags}`));
  let limited = false;
  for (const { 0: match, index } of found) {
    limited = starts.length === matchLimit;
    if (limited) break;
    starts.push(toByte(index));
    ends.push(toByte(index + match.length));
  }
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), limited };
}

function caseFlag(query: string): '' | 'i' {
  return /\p{Lu}/u.test(query) ? '' : 'i';
}

function literal(query: string): string {
  return query.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** A text as a pattern over bytes, one unit each: letters of ASCII in any case, for other bytes are no letters. */
function bytePattern(query: string): string {
  const pattern = hexPattern(Buffer.from(query, 'utf8').toString('hex'));
  if (caseFlag(query) === '') return pattern;
  return pattern.replaceAll(/\\x([46][1-9a-f]|[57][0-9a])/g, (_, code: string) =>
    eitherCase(Number.parseInt(code, 16)),
  );
}

function eitherCase(letter: number): string {
  const character = String.fromCharCode(letter);
  return `[${character.toLowerCase()}${character.toUpperCase()}]`;
}

/** @param pairs two digits a byte */
function hexPattern(pairs: string): string {
  return pairs.replaceAll(/../g, String.raw`\x$&`);
}
