import { closest } from '../text/closest.ts';
import { described } from '../text/described.ts';
import type { Amount, Fraction, Increase, Metric } from './budget.ts';
import { compare, fraction, multiply, parseDecimal, toNumber } from './fraction.ts';
import { metricRules, type Unit } from './metrics.ts';

/** What was expected, what is there instead, and what may have been meant. */
export interface AmountRefusal {
  readonly reason: string;
}

const byteUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  TB: 1000 ** 4,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** JSON has no larger whole numbers: 9 PB. */
const largest = fraction(Number.MAX_SAFE_INTEGER);
const hundred = fraction(100);

const expected: Readonly<Record<Unit, string>> = {
  bytes: 'a size such as 250MB',
  count: 'a whole number such as 25',
  percent: 'a share such as 2%',
  ratio: 'a number from 0 to 1 such as 0.95',
};

const expectedIncrease: Readonly<Record<Unit, string>> = {
  bytes: 'a size such as 10MB, or a share such as 5%',
  count: 'a whole number such as 2, or a share such as 5%',
  percent: 'percentage points such as 1%',
  ratio: expected.ratio,
};

/** Reads what `max` and `min` of a metric are set to. @param value as a configuration file has it */
export function parseAmount(metric: Metric, value: unknown): Amount | AmountRefusal {
  const { unit } = metricRules[metric];
  const refuse = refusal(expected[unit], value);
  const written = read(value);
  if ('hint' in written) return refuse(written.hint);
  const amount = amountIn(unit, written);
  if (typeof amount === 'string') return refuse(amount);
  if (unit === 'percent' && compare(amount, hundred) > 0) return refuse('a share of the whole is 100% at most');
  return bounded(written.text, amount, refuse);
}

/** Reads what `maxIncrease` of a metric is set to. @param value as a configuration file has it */
export function parseIncrease(metric: Metric, value: unknown): Increase | AmountRefusal {
  const { unit } = metricRules[metric];
  const refuse = refusal(expectedIncrease[unit], value);
  const written = read(value);
  if ('hint' in written) return refuse(written.hint);
  const isShare = written.unit === '%' && unit !== 'percent';
  const amount = isShare ? written.number : amountIn(unit, written);
  if (typeof amount === 'string') return refuse(amount);
  const limit = bounded(written.text, amount, refuse);
  return 'reason' in limit ? limit : { kind: isShare ? 'percent' : 'absolute', amount: limit };
}

type Refuse = (hint: string) => AmountRefusal;

function refusal(wanted: string, value: unknown): Refuse {
  const there = described(typeof value === 'string' && value.length > 60 ? `${value.slice(0, 59)}…` : value);
  return (hint) => ({ reason: `expected ${wanted}, not ${there}${hint === '' ? '' : `; ${hint}`}` });
}

function bounded(text: string, amount: Fraction, refuse: Refuse): Amount | AmountRefusal {
  if (compare(amount, largest) > 0) return refuse('no image has that much');
  return { text, value: toNumber(amount), fraction: amount };
}

interface Written {
  readonly text: string;
  readonly number: Fraction;
  readonly isWhole: boolean;
  /** As written; empty if there is none. */
  readonly unit: string;
}

function read(value: unknown): Written | { readonly hint: string } {
  if (typeof value !== 'string' && typeof value !== 'number') return { hint: '' };
  const text = String(value).trim();
  // Numbers of YAML and JSON come without the form they were written in.
  const isBare = typeof value === 'number';
  const found = /^(?<number>\d{1,30}(?:\.\d{1,30})?(?:e[+-]\d{1,3})?)\s*(?<unit>[a-zA-Z%]{0,30})$/.exec(text)?.groups;
  const number = found?.['number'] === undefined ? null : parseDecimal(found['number']);
  if (number === null || (!isBare && /e[+-]/.test(text))) return { hint: whyNoNumber(text) };
  return { text, number, isWhole: number.numerator % number.denominator === 0n, unit: found?.['unit'] ?? '' };
}

function whyNoNumber(text: string): string {
  if (/^-\s*\.?\d/.test(text)) return 'it cannot be below 0';
  if (/^\d[\d.]*e[+-]?\d+/i.test(text) || /^\d{31}/.test(text)) return 'write it with a unit, or with all its digits';
  if (/^\d[\d_', ]*[_', ]\d/.test(text)) return 'write digits without separators, and a point before a fraction';
  if (/^\.\d/.test(text)) return `did you mean ${clipped(`0${text}`)}?`;
  if (/^\+\s*\d/.test(text)) return `did you mean ${clipped(text.slice(1).trim())}?`;
  return '';
}

/** In the unit of a metric; or what to write instead. */
function amountIn(unit: Unit, written: Written): Fraction | string {
  switch (unit) {
    case 'bytes':
      return bytesIn(written);
    case 'count':
      return countIn(written);
    case 'percent':
      return percentIn(written);
    case 'ratio':
      return ratioIn(written);
  }
}

function bytesIn({ text, number, unit, isWhole }: Written): Fraction | string {
  const size = unit === '' ? 1 : byteUnits[unit];
  if (size === undefined) {
    if (unit === '%') return 'only maxIncrease can be a share';
    const meant = unitMeantBy(unit);
    return meant === null
      ? `units are ${Object.keys(byteUnits).join(', ')}`
      : `did you mean ${text.slice(0, text.length - unit.length)}${meant}?`;
  }
  if (size === 1 && !isWhole) return 'a bare number is bytes, and a byte cannot be split';
  return multiply(number, fraction(size));
}

/** `mb`, `M`, `KB`, `gib`, `bytes`: what people write for a unit. */
function unitMeantBy(written: string): string | null {
  const letters = written.toLowerCase();
  const names = Object.keys(byteUnits);
  const named = names.find((name) => [name, name.slice(0, -1)].some((form) => form.toLowerCase() === letters));
  if (named !== undefined && letters !== '') return named;
  return /^bytes?$/.test(letters) ? 'B' : closest(letters, names);
}

function countIn({ number, unit, isWhole }: Written): Fraction | string {
  if (unit === '%') return 'only maxIncrease can be a share';
  if (unit !== '') return 'it is a count and has no unit';
  return isWhole ? number : 'there are no fractions of it';
}

function percentIn({ text, number, unit }: Written): Fraction | string {
  if (unit === '%' || (unit === '' && number.numerator === 0n)) return number;
  if (unit !== '') return 'it is a share and has no unit but %';
  const isSmall = compare(number, fraction(1)) < 0;
  const times = toNumber(multiply(number, hundred));
  return isSmall ? `did you mean ${text}% or ${times}%?` : `did you mean ${text}%?`;
}

function ratioIn({ text, number, unit }: Written): Fraction | string {
  const share = unit === '%' ? multiply(number, fraction(1, 100)) : number;
  if (unit !== '' && unit !== '%') return 'it has no unit but %';
  if (compare(share, fraction(1)) <= 0) return share;
  return unit === '' && compare(number, hundred) <= 0 ? `did you mean ${text}%?` : '1 is all of it';
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
