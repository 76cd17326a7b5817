import type { Fraction } from './budget.ts';

/**
 * Numbers without rounding: a budget that is met exactly holds, whatever floating point would make of it.
 * @param denominator above 0
 */
export function fraction(numerator: bigint | number, denominator: bigint | number = 1n): Fraction {
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

/** What a decimal number says, such as `2.5` or `1e-7`; null if it is none. */
export function parseDecimal(text: string): Fraction | null {
  const {
    whole,
    part = '',
    exponent = '0',
  } = /^(?<whole>-?\d{1,400})(?:\.(?<part>\d{1,400}))?(?:e(?<exponent>[+-]?\d{1,3}))?$/.exec(text)?.groups ?? {};
  if (whole === undefined) return null;
  const digits = BigInt(whole + part);
  const scale = Number(exponent) - part.length;
  return scale >= 0 ? fraction(digits * 10n ** BigInt(scale)) : fraction(digits, 10n ** BigInt(-scale));
}

/** The decimal number that a floating one is printed as: 0.95 is 95/100, not the binary fraction beside it. */
export function fromNumber(value: number): Fraction {
  const found = parseDecimal(String(value));
  if (found === null) throw new RangeError(`${value} is no number to calculate with`);
  return found;
}

/** Below 0, 0 or above 0: as `a - b`. */
export function compare(a: Fraction, b: Fraction): number {
  const [one, other] = [a.numerator * b.denominator, b.numerator * a.denominator];
  return one < other ? -1 : one > other ? 1 : 0;
}

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, fraction(-b.numerator, b.denominator));
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** To the nearest there is, or the one beside it. */
export function toNumber({ numerator, denominator }: Fraction): number {
  return Number(numerator) / Number(denominator);
}
