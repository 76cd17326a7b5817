/** What part of a blob an answer holds (RFC 9110, 14.4): bytes `start` to `end`, both included. */
export interface ContentRange {
  readonly start: number;
  readonly end: number;
  /** Of the whole; null where the server does not say. */
  readonly size: number | null;
}

/** Parses `bytes 0-99/1234`. @returns null for anything else */
export function parseContentRange(header: string | null): ContentRange | null {
  const [, start, end, size] = /^bytes\s+(\d{1,15})-(\d{1,15})\/(?:(\d{1,15})|\*)$/i.exec(header?.trim() ?? '') ?? [];
  if (start === undefined || end === undefined || Number(end) < Number(start)) return null;
  return { start: Number(start), end: Number(end), size: size === undefined ? null : Number(size) };
}
