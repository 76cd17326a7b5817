import { sanitize } from '../text/sanitize.ts';

/** An instruction on one line; comments and continuations within it go. Fit to print. */
export function shownText({ text }: { readonly text: string }): string {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  return sanitize(
    lines
      .join(' ')
      .replaceAll(/[\\`]\s+/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}
