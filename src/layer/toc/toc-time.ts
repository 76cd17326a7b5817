const rfc3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Seconds since 1970 of a time as RFC 3339 writes it, with its fraction, as a PAX header has it; null for anything else. */
export function tocTime(text: string): number | null {
  const [, seconds, fraction = '', zone] = rfc3339.exec(text) ?? [];
  const whole = Date.parse(`${seconds}${zone}`) / 1000;
  if (Number.isNaN(whole)) return null;
  // Read as one decimal number, for that is how a tar's time is read: the sum of two may differ in its last bit.
  return whole < 0 ? whole + Number(`0${fraction}`) : Number(`${whole}${fraction}`);
}
