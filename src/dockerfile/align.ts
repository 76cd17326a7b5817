/** A step and an instruction that belong together. */
export interface Pair {
  readonly step: number;
  readonly instruction: number;
}

/** Beyond this many comparisons nothing is aligned: a hostile history must not cost minutes. */
const mostCells = 5_000_000;

/**
 * Aligns two sequences so that the sum of weights is highest and order is kept, and returns only the pairs that every
 * such alignment has: where a repeated line could stand for either of two steps, neither is returned. Time and memory
 * are steps × instructions.
 *
 * @param weight 0 where the two do not fit
 */
export function alignCertainly(
  steps: number,
  instructions: number,
  weight: (step: number, instruction: number) => number,
): Pair[] {
  const width = instructions + 1;
  if ((steps + 1) * width > mostCells) return [];
  const weights = new Int32Array(steps * instructions);
  for (let step = 0; step < steps; step++) {
    for (let at = 0; at < instructions; at++) weights[step * instructions + at] = weight(step, at);
  }
  const before = new Int32Array((steps + 1) * width);
  const after = new Int32Array((steps + 1) * width);
  const get = (table: Int32Array, step: number, at: number): number => table[step * width + at] ?? 0;
  const weightAt = (step: number, at: number): number => weights[step * instructions + at] ?? 0;
  for (let step = 1; step <= steps; step++) {
    for (let at = 1; at <= instructions; at++) {
      const own = weightAt(step - 1, at - 1);
      const paired = own === 0 ? 0 : get(before, step - 1, at - 1) + own;
      before[step * width + at] = Math.max(get(before, step - 1, at), get(before, step, at - 1), paired);
    }
  }
  for (let step = steps - 1; step >= 0; step--) {
    for (let at = instructions - 1; at >= 0; at--) {
      const own = weightAt(step, at);
      const paired = own === 0 ? 0 : get(after, step + 1, at + 1) + own;
      after[step * width + at] = Math.max(get(after, step + 1, at), get(after, step, at + 1), paired);
    }
  }
  const best = get(before, steps, instructions);
  const pairs: Pair[] = [];
  for (let step = 0; step < steps; step++) {
    let choices = 0;
    let instruction = 0;
    for (let at = 0; at <= instructions; at++) {
      const own = at === instructions ? 0 : weightAt(step, at);
      if (own > 0 && get(before, step, at) + own + get(after, step + 1, at + 1) === best) {
        choices++;
        instruction = at;
      }
      // Without this step the sum is as high.
      if (get(before, step, at) + get(after, step + 1, at) === best) choices += 2;
    }
    if (choices === 1) pairs.push({ step, instruction });
  }
  return pairs;
}
