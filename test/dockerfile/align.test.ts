import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignCertainly, type Pair } from '../../src/dockerfile/align.ts';

/** Every alignment, by trying: pairs as `step:instruction`. */
function allAlignments(
  weights: readonly (readonly number[])[],
  step = 0,
  from = 0,
): { pairs: string[]; sum: number }[] {
  const row = weights[step];
  if (row === undefined) return [{ pairs: [], sum: 0 }];
  const without = allAlignments(weights, step + 1, from);
  const paired = row.flatMap((weight, at) =>
    weight === 0 || at < from
      ? []
      : allAlignments(weights, step + 1, at + 1).map(({ pairs, sum }) => ({
          pairs: [`${step}:${at}`, ...pairs],
          sum: sum + weight,
        })),
  );
  return [...without, ...paired];
}

function names(pairs: readonly Pair[]): string[] {
  return pairs.map(({ step, instruction }) => `${step}:${instruction}`);
}

describe('alignCertainly', () => {
  it('returns the pairs that every best alignment has', () => {
    const weights = fc.tuple(fc.nat(5), fc.nat(5)).chain(([steps, width]) =>
      fc.array(fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: width, maxLength: width }), {
        minLength: steps,
        maxLength: steps,
      }),
    );
    fc.assert(
      fc.property(weights, (table) => {
        const all = allAlignments(table);
        const best = Math.max(...all.map(({ sum }) => sum));
        const bests = all.filter(({ sum }) => sum === best).map(({ pairs }) => pairs);
        const common = (bests[0] ?? []).filter((pair) => bests.every((pairs) => pairs.includes(pair)));
        const found = alignCertainly(table.length, table[0]?.length ?? 0, (step, at) => table[step]?.[at] ?? 0);
        expect(names(found)).toEqual(common);
      }),
      { numRuns: 500 },
    );
  });

  it('does nothing with more than it can bear', () => {
    expect(alignCertainly(100_000, 100_000, () => 1)).toEqual([]);
  });
});
