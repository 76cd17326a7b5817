/** `1 layer`, `2 layers`; `2 directories` if that is said. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}
