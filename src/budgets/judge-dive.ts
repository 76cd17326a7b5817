import type { ImageFacts } from '../comparison/image-facts.ts';
import { formatBytes } from '../text/bytes.ts';
import { type DiveRuleName, type DiveRules, type DiveThreshold, diveMetrics, diveRuleNames } from './dive-rules.ts';
import type { AppliedLimits, BudgetResult } from './verdict.ts';

type DiveFacts = ImageFacts['compat']['dive'];
type Limit = Extract<DiveThreshold, { readonly kind: 'limit' }>;

const noLimits: AppliedLimits = { max: null, min: null, maxIncrease: null };

/**
 * Judges an image by dive's rules as dive 0.13.1 does (runtime/ci): in floating point, and a limit that is met exactly holds.
 * A rule that is disabled has no result.
 */
export function judgeDive(rules: DiveRules, facts: DiveFacts, baseline: DiveFacts | null): BudgetResult[] {
  return diveRuleNames.flatMap((name): BudgetResult[] => {
    const threshold = rules[name];
    if (threshold.kind === 'disabled') return [];
    const isLimit = threshold.kind === 'limit';
    const message = isLimit ? breachOf(name, threshold, facts) : `${name}: ${threshold.reason}`;
    const limit = isLimit ? { [name === 'lowestEfficiency' ? 'min' : 'max']: threshold.value } : {};
    return [
      {
        name,
        reason: null,
        metric: diveMetrics[name],
        scope: 'image',
        stage: null,
        path: null,
        limits: { ...noLimits, ...limit },
        warn: noLimits,
        value: valueOf(name, facts),
        baseline: baseline === null ? null : valueOf(name, baseline),
        status: !isLimit ? 'error' : message === null ? 'passed' : 'failed',
        message,
        layer: null,
        culprit: null,
      },
    ];
  });
}

function valueOf(name: DiveRuleName, facts: DiveFacts): number | null {
  switch (name) {
    case 'lowestEfficiency':
      return facts.efficiencyScore;
    case 'highestWastedBytes':
      return facts.wastedBytes;
    case 'highestUserWastedPercent':
      return facts.userWastedPercent;
  }
}

/** What is wrong; null if the rule holds. */
function breachOf(name: DiveRuleName, { text, value }: Limit, facts: DiveFacts): string | null {
  const { efficiencyScore, wastedBytes, userWastedPercent, userSizeBytes } = facts;
  switch (name) {
    case 'lowestEfficiency':
      return value > efficiencyScore ? `efficiency ${digits(efficiencyScore)}, below the ${text} required` : null;
    case 'highestWastedBytes':
      return wastedBytes > value
        ? `${formatBytes(wastedBytes)} wasted as dive counts, ${formatBytes(wastedBytes - value)} over the ${text} allowed`
        : null;
    case 'highestUserWastedPercent':
      // Over no bytes at all dive has NaN where nothing is wasted, which holds, and else infinity, which does not.
      if (userSizeBytes === 0 && wastedBytes > 0)
        return `${formatBytes(wastedBytes)} wasted as dive counts, and no bytes in the layers above the first, of which ${text} is allowed`;
      return userWastedPercent !== null && userWastedPercent > value
        ? `${digits(userWastedPercent)} of the bytes above the first layer wasted as dive counts, over the ${text} allowed`
        : null;
  }
}

/** As many as tell it from a limit beside it. */
function digits(value: number): string {
  return String(Number(value.toPrecision(6)));
}
