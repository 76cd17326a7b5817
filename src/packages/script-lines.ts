/** More characters than a line of declarations has. */
const longest = 500;

/** The first line of a program that is none of these declarations, shortened; null where all are. Blank ones do not count. */
export function firstOddLine(text: string, comment: string, declarations: readonly RegExp[]): string | null {
  for (const whole of text.split(/\r?\n/)) {
    const line = whole.trim();
    if (line === '' || line.startsWith(comment)) continue;
    if (line.length > longest || !declarations.some((pattern) => pattern.test(line))) return line.slice(0, 80);
  }
  return null;
}
