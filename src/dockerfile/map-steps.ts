import { alignCertainly } from './align.ts';
import type { ChainStep, TargetChain } from './chain.ts';
import { compareStep, type Grade, grammarsOf } from './compare.ts';
import { type ConfirmedPair, confirmPairs, type GradedPair } from './confirm-copies.ts';
import { fitEnd } from './fit.ts';
import { ownRun } from './own-run.ts';
import type { HistoryStep } from './history-step.ts';

/** Where the chain and the history belong together. Indices are the history's and the chain's. */
export interface StepMapping {
  readonly pairs: readonly ConfirmedPair[];
  /** The first step that the Dockerfile made, if it covers the whole end of the history. */
  readonly fitsFrom: number | null;
  /** How many pairs are sure; to compare attempts. */
  readonly sure: number;
}

/** No more steps than this are looked at, counted from the end. */
const mostSteps = 2048;

/**
 * Maps steps to instructions by what the history says of them.
 *
 * @param ownFrom the first step that is not the base image's; null where that is not known
 */
export function mapSteps(steps: readonly HistoryStep[], chain: TargetChain, ownFrom: number | null): StepMapping {
  const skipped = Math.max(ownFrom ?? 0, steps.length - mostSteps);
  const own = steps.slice(skipped);
  const grades = own.map((step) => chain.steps.map((instruction) => compareStep(step, instruction)));
  const gradeOf = (step: number, instruction: number): Grade | null => grades[step]?.[instruction] ?? null;
  const certain = alignCertainly(own.length, chain.steps.length, (step, at) =>
    weightOf(gradeOf(step, at), own[step], chain.steps[at]),
  );
  const fit = fitEnd(own, chain.steps, gradeOf);
  const known = ownFrom !== null || chain.base.kind === 'scratch';
  const graded = (pairs: readonly { step: number; instruction: number }[]): GradedPair[] =>
    pairs.flatMap(({ step, instruction }) => {
      const grade = gradeOf(step, instruction);
      return grade === null ? [] : [{ step, instruction, grade }];
    });
  const fitted = fit === null ? [] : graded(fit.pairs);
  // Where the base image ends is known by its layers; what it says without making one may stand before the fit.
  const whole = fit !== null && own.slice(0, fit.start).every(({ producesLayer }) => !producesLayer);
  const fits = fit !== null && (whole || (!known && isTelling(fitted, chain.steps)));
  const makesLayer = chain.steps.map(({ expected }) => expected.buildkit.makesLayer);
  const complete = fits && whole;
  const pairs = fits
    ? confirmPairs(
        fitted.map((pair) => (complete ? pair : weakened(pair, certain))),
        { complete: true, makesLayer },
      )
    : confirmPairs(known ? graded(certain) : ownRun(graded(certain), own, chain.steps.length), {
        complete: false,
        makesLayer,
      });
  return {
    pairs: pairs.map((pair) => ({ ...pair, step: pair.step + skipped })),
    fitsFrom: fits ? fit.start + skipped : null,
    sure: pairs.filter(({ confidence }) => confidence === 'exact').length,
  };
}

/** One step that makes a layer, or two that do not, are the same: a lone CMD may be any Dockerfile's. */
function isTelling(pairs: readonly GradedPair[], chain: readonly ChainStep[]): boolean {
  const strong = pairs.filter(({ grade }) => grade === 'exact' || grade === 'normalized');
  return (
    strong.length > 1 || strong.some(({ instruction }) => chain[instruction]?.expected.buildkit.makesLayer === true)
  );
}

/** A COPY that could as well belong to a step before the ones that the Dockerfile covers is only in its place. */
function weakened(pair: GradedPair, certain: readonly { step: number; instruction: number }[]): GradedPair {
  if (pair.grade !== 'hash') return pair;
  const sure = certain.some(({ step, instruction }) => step === pair.step && instruction === pair.instruction);
  return sure ? pair : { ...pair, grade: 'keyword' };
}

/** Steps that make layers decide; a WORKDIR or USER is soon the same by chance, and a bare keyword says next to nothing. */
function weightOf(grade: Grade | null, step: HistoryStep | undefined, instruction: ChainStep | undefined): number {
  if (grade === null || step === undefined || instruction === undefined) return 0;
  const makesLayer = grammarsOf(step).some((builder) => instruction.expected[builder].makesLayer);
  switch (grade) {
    case 'exact':
    case 'normalized':
      return makesLayer ? (instruction.command.keyword === 'WORKDIR' ? 40 : 100) : 10;
    case 'hash':
    case 'name':
      return 60;
    case 'keyword':
      return makesLayer ? 0 : 1;
  }
}
