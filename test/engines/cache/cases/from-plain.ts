/** A Dockerfile of one stage that starts from the plain base. */
export function fromPlain(...instructions: readonly string[]): string {
  return `${['FROM localhost/plain', ...instructions].join('\n')}\n`;
}
