const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/**
 * A size for people, in powers of 1000 as `docker images` prints them: `0 B`, `999 B`, `1.2 kB`, `12.3 MB`, `123 MB`.
 * @param bytes a count of bytes, not negative
 */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would round to "1000": it is already 1.0 of the next unit.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** How much more or less it is: `+1.2 MB`, `-3 B`, `0 B`. @param bytes a difference */
export function formatChange(bytes: number): string {
  return `${bytes > 0 ? '+' : bytes < 0 ? '-' : ''}${formatBytes(Math.abs(bytes))}`;
}

/** A share for people: `0 %`, `0.4 %`, `12 %`; an unknown one is `-`. @param ratio 0 to 1 */
export function formatShare(ratio: number | null): string {
  if (ratio === null) return '-';
  const percent = ratio * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '<0.1 %';
  return `${percent.toFixed(percent < 9.95 ? 1 : 0)} %`;
}
