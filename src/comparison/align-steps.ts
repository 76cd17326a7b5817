import { groupBy } from '../rules/group-by.ts';
import type { LayerPair } from './compare-layers.ts';
import { sameStep, type StepWords } from './step-words.ts';

/** A layer of one of the images, and its step. */
export interface AlignedStep {
  readonly place: number;
  readonly words: StepWords;
}

/**
 * The longest common subsequence of two lists of steps. An image has at most a thousand layers (src/sources), so a table
 * of all pairs is a million cells.
 */
export function alignSteps(old: readonly AlignedStep[], now: readonly AlignedStep[]): LayerPair[] {
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  const same = (row: number, column: number): boolean => {
    const [one, other] = [old[row], now[column]];
    return one !== undefined && other !== undefined && sameStep(one.words, other.words);
  };
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      const skipped = Math.max(at(row + 1, column), at(row, column + 1));
      longest[row * width + column] = same(row, column) ? at(row + 1, column + 1) + 1 : skipped;
    }
  }
  const pairs: LayerPair[] = [];
  for (let row = 0, column = 0; row < old.length && column < now.length;) {
    if (same(row, column)) pairs.push(pairOf(old[row++], now[column++]));
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}

/** Pairs steps that are written alike, in whatever order they stand: those that were moved. */
export function pairMoved(old: readonly AlignedStep[], now: readonly AlignedStep[]): LayerPair[] {
  const left = [...old];
  return now.flatMap((step) => {
    const found = left.findIndex((other) => sameStep(other.words, step.words));
    return found === -1 ? [] : left.splice(found, 1).map((other) => pairOf(other, step));
  });
}

/**
 * Pairs the steps left between two anchors, each with the one of its kind that has most words in common: the same step,
 * edited.
 * @param anchors pairs that are known already, in any order
 */
export function pairEdited(
  old: readonly AlignedStep[],
  now: readonly AlignedStep[],
  anchors: readonly LayerPair[],
): LayerPair[] {
  const inOrder = longestInOrder(anchors);
  const gapsOf = (steps: readonly AlignedStep[], side: 'old' | 'new'): AlignedStep[][] => {
    const gaps: AlignedStep[][] = Array.from({ length: inOrder.length + 1 }, () => []);
    let gap = 0;
    for (const step of steps) {
      while ((inOrder[gap]?.[side] ?? Infinity) < step.place) gap++;
      gaps[gap]?.push(step);
    }
    return gaps;
  };
  const newGaps = gapsOf(now, 'new');
  return gapsOf(old, 'old').flatMap((gap, at) => mostAlike(gap, newGaps[at] ?? []));
}

/** Pairs of steps that are compared by their words; nobody edits more of them in a row, and then the first two pair up. */
const comparedPairs = 10_000;

function mostAlike(old: readonly AlignedStep[], now: readonly AlignedStep[]): LayerPair[] {
  if (old.length * now.length > comparedPairs) return firstOfKind(old, now);
  const candidates = old.flatMap((one) =>
    now
      .filter((other) => other.words.keyword === one.words.keyword)
      .map((other) => ({ one, other, alike: likeness(one.words.words, other.words.words) })),
  );
  // Stable: of equals, the first of both comes first.
  candidates.sort((a, b) => b.alike - a.alike);
  const used = new Set<AlignedStep>();
  return candidates.flatMap(({ one, other }) => {
    if (used.has(one) || used.has(other)) return [];
    used.add(one).add(other);
    return [pairOf(one, other)];
  });
}

function firstOfKind(old: readonly AlignedStep[], now: readonly AlignedStep[]): LayerPair[] {
  const left = groupBy(old, ({ words }) => words.keyword);
  return now.flatMap((step) => {
    const one = left.get(step.words.keyword)?.shift();
    return one === undefined ? [] : [pairOf(one, step)];
  });
}

/** The share of words that both have. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) if (other.has(word)) common++;
  return common / Math.max(1, one.size + other.size - common);
}

/** The most pairs that stand in the same order in both images. */
function longestInOrder(pairs: readonly LayerPair[]): LayerPair[] {
  const byOld = pairs.toSorted((a, b) => a.old - b.old);
  const best = byOld.map(() => ({ length: 1, before: -1 }));
  let last = -1;
  for (const [at, pair] of byOld.entries()) {
    for (let before = 0; before < at; before++) {
      const length = (best[before]?.length ?? 0) + 1;
      if ((byOld[before]?.new ?? Infinity) < pair.new && length > (best[at]?.length ?? 0))
        best[at] = { length, before };
    }
    if (last === -1 || (best[at]?.length ?? 0) > (best[last]?.length ?? 0)) last = at;
  }
  const chain: LayerPair[] = [];
  for (let at = last; at !== -1; at = best[at]?.before ?? -1) chain.push(byOld[at] ?? { old: 0, new: 0 });
  return chain.toReversed();
}

function pairOf(old: AlignedStep | undefined, now: AlignedStep | undefined): LayerPair {
  return { old: old?.place ?? 0, new: now?.place ?? 0 };
}
