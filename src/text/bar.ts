const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar that shows a share, in eighths of a column; what is there at all shows at least one. @param ratio 0 to 1 */
export function bar(ratio: number, width: number): string {
  const filled = ratio <= 0 ? 0 : Math.max(1, Math.round(Math.min(1, ratio) * width * 8));
  const whole = Math.floor(filled / 8);
  return '█'.repeat(whole) + (eighths[filled % 8] ?? '');
}
