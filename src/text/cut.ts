/** Cuts a text to so many UTF-16 units, not through a character; an ellipsis tells that it was. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
