/** The choice that a mistyped word was most likely meant to be; null if none is near enough. */
export function closest(word: string, choices: readonly string[]): string | null {
  // No distance is worth the time for what is no word.
  if (word.length > longestWord) return null;
  const near = Math.max(1, Math.floor(word.length / 3));
  const distances = choices.map((choice) => ({ choice, distance: editDistance(word.toLowerCase(), choice) }));
  const best = distances.toSorted((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= near ? best.choice : null;
}

const longestWord = 40;

/** Insertions, deletions, replacements and swaps of neighbours that make one word the other (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row++) {
    const next = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = last;
    last = next;
  }
  return last[to.length] ?? 0;
}
