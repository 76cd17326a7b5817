/** A time for people: `8 s`, `2 min`, `3 h`; rounded up, for nothing is over before its time. @param seconds not negative */
export function formatDuration(seconds: number): string {
  if (seconds <= 59) return `${Math.ceil(seconds)} s`;
  if (seconds <= 59 * 60) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 3600)} h`;
}
