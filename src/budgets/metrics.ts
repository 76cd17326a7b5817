import type { Limits, Metric, Scope } from './budget.ts';

/** `ratio` is 0 to 1, `percent` 0 to 100. */
export type Unit = 'bytes' | 'count' | 'percent' | 'ratio';

/** What can be asked of a metric: what makes no sense is refused for the reason given here. */
export interface MetricRules {
  readonly unit: Unit;
  /** Scopes that it has no value for. */
  readonly refusedScopes: Readonly<Partial<Record<Scope, string>>>;
  /** Why it takes no path; null: it takes one. */
  readonly refusedPath: string | null;
  readonly refusedLimits: Readonly<Partial<Record<keyof Limits, string>>>;
}

const anything = { refusedScopes: {}, refusedPath: null, refusedLimits: {} };

const wholeImage = 'efficiency is dive’s score of the whole image; wastedPercent takes scopes and paths';
const higherIsBetter = 'an image is the better the higher its efficiency; set min';

export const metricRules: Readonly<Record<Metric, MetricRules>> = {
  size: { unit: 'bytes', ...anything },
  compressed: {
    unit: 'bytes',
    ...anything,
    refusedPath: 'a layer is compressed as a whole, nobody knows what a path is of it; size takes a path',
  },
  wasted: { unit: 'bytes', ...anything },
  wastedPercent: { unit: 'percent', ...anything },
  layers: {
    unit: 'count',
    ...anything,
    refusedScopes: { layer: 'a layer is one layer; the scopes of layers are image, own, base and stage' },
    refusedPath: 'layers are not counted by path; files and size take a path',
  },
  files: { unit: 'count', ...anything },
  efficiency: {
    unit: 'ratio',
    refusedScopes: { own: wholeImage, base: wholeImage, layer: wholeImage, stage: wholeImage },
    refusedPath: wholeImage,
    refusedLimits: { max: higherIsBetter, maxIncrease: higherIsBetter },
  },
};
