/** So much more than today's is allowed, as a share. */
const room = 0.1;

const units = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

/** A number of bytes that is somewhat more, and easy to read: two digits, such as `270MB`. @param least never less */
export function roomyBytes(bytes: number, least: number): string {
  const wanted = Math.max(least, Math.ceil(bytes * (1 + room)));
  // The same step for all from 100 to 999 of what a digit is worth: 243 becomes 270, 99.1 becomes 110.
  const step = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  const rounded = Math.ceil(wanted / step) * step;
  const [size, unit] = units.find(([size]) => rounded >= size) ?? [1, 'B'];
  return `${decimal(rounded, size)}${unit}`;
}

/** A share that is somewhat more, in whole percent; null where that would be all there is, which is no limit. */
export function roomyPercent(percent: number): string | null {
  const rounded = Math.ceil(percent * (1 + room) + 0.5);
  return rounded < 100 ? `${rounded}%` : null;
}

/** A multiple of five, two more at least. */
export function roomyCount(count: number): number {
  return Math.ceil((count + 2) / 5) * 5;
}

/** Exact, for at most two digits are not 0. */
function decimal(rounded: number, size: number): string {
  return String(Number((rounded / size).toFixed(1)));
}
