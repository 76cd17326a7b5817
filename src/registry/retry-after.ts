/**
 * How long an answer asks to wait (RFC 9110, 10.2.3): seconds, or the date when the wait is over.
 * @param now milliseconds since 1970
 * @returns milliseconds; null for what says neither
 */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  // JavaScript would take nearly anything for a date; those of HTTP end in GMT.
  const date = header.trim().endsWith(' GMT') ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
