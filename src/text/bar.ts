const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar that shows a share, in eighths of a column; what is there at all shows at least one. @param ratio 0 to 1 */
export function bar(ratio: number, width: number): string {
  const filled = ratio <= 0 ? 0 : Math.max(1, Math.round(Math.min(1, ratio) * width * 8));
  const whole = Math.floor(filled / 8);
  return '█'.repeat(whole) + (eighths[filled % 8] ?? '');
}

/**
 * A bar of whole columns whose end is shaded: a share, and how much of that is lost. Less than one column shows as a
 * thin line.
 * @param ratio 0 to 1 @param shaded part of the bar, 0 to 1
 */
export function shadedBar(ratio: number, shaded: number, width: number): { plain: string; shade: string } {
  const columns = Math.round(Math.min(1, ratio) * width);
  if (columns === 0) return { plain: ratio > 0 ? '▏' : '', shade: '' };
  const lost = Math.round(shaded * columns);
  return { plain: '█'.repeat(columns - lost), shade: '▒'.repeat(lost) };
}
