const units = ['', 'k', 'M', 'G'] as const;

/** A count in at most four columns: `0`, `999`, `1.2k`, `34k`, `1.5M`. */
export function formatCount(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(unit === 0 || value >= 9.95 ? 0 : 1)}${units[unit]}`;
}
