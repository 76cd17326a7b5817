import { amountText, differenceText, limitText, measuredText } from './amount-text.ts';
import type { Fraction, Increase, Limits, Subject } from './budget.ts';
import { add, compare, fraction, multiply } from './fraction.ts';
import type { Part } from './measures.ts';
import { metricRules } from './metrics.ts';

/** A limit that does not hold: the value that breaks it, and a sentence. */
export interface Breach {
  readonly part: Part;
  readonly message: string;
}

/** How a limit is spoken of that breaks a budget, and one that warns. */
export interface LimitWords {
  readonly max: string;
  readonly min: string;
}

export const budgetWords: LimitWords = { max: 'allowed', min: 'required' };
export const warningWords: LimitWords = { max: 'that warns', min: 'that warns' };

/** The largest and the smallest value there is; they are one where there is one. */
export interface Extremes {
  readonly largest: Part;
  readonly smallest: Part;
}

/** Tells which limits a value breaks. Each of them holds where it is met exactly. @param baseline null where no limit needs one */
export function checkLimits(
  subject: Subject,
  { max, min, maxIncrease }: Limits,
  { largest, smallest }: Extremes,
  baseline: Fraction | null,
  words: LimitWords,
): Breach[] {
  const { unit } = metricRules[subject.metric];
  const measured = ({ value, culprit }: Part): string => measuredText(subject, value, culprit);
  const breaches: Breach[] = [];
  if (max !== null && compare(largest.value, max.fraction) > 0) {
    const over = differenceText(unit, largest.value, max.fraction);
    breaches.push({ part: largest, message: `${measured(largest)}, ${over} over the ${limitText(max)} ${words.max}` });
  }
  if (min !== null && compare(smallest.value, min.fraction) < 0) {
    const below = differenceText(unit, smallest.value, min.fraction);
    breaches.push({
      part: smallest,
      message: `${measured(smallest)}, ${below} below the ${limitText(min)} ${words.min}`,
    });
  }
  if (maxIncrease !== null && baseline !== null) {
    const most = largestAllowed(maxIncrease, baseline);
    if (compare(largest.value, most) > 0) {
      const growth = differenceText(unit, largest.value, baseline);
      const over = differenceText(unit, largest.value, most);
      breaches.push({
        part: largest,
        message: `${measured(largest)}, ${growth} more than the ${amountText(unit, baseline)} of the baseline: ${over} over the ${limitText(maxIncrease.amount)} more ${words.max}`,
      });
    }
  }
  return breaches;
}

function largestAllowed({ kind, amount }: Increase, baseline: Fraction): Fraction {
  if (kind === 'absolute') return add(baseline, amount.fraction);
  return multiply(baseline, add(fraction(1), multiply(amount.fraction, fraction(1, 100))));
}
