import { described } from '../text/described.ts';
import type { DiveMetric } from './verdict.ts';

/** The rules of `dive --ci`, by their names in `.dive-ci`; its flags are the same in kebab case. */
export const diveRuleNames = ['lowestEfficiency', 'highestWastedBytes', 'highestUserWastedPercent'] as const;
export type DiveRuleName = (typeof diveRuleNames)[number];

export type DiveThreshold =
  | { readonly kind: 'disabled' }
  /** Of bytes a whole number, of the others 0 to 1. */
  | { readonly kind: 'limit'; readonly text: string; readonly value: number }
  /** dive fails then. */
  | { readonly kind: 'misconfigured'; readonly text: string; readonly reason: string };

export type DiveRules = Readonly<Record<DiveRuleName, DiveThreshold>>;

/** The number that a rule looks at. */
export const diveMetrics: Readonly<Record<DiveRuleName, DiveMetric | 'efficiency'>> = {
  lowestEfficiency: 'efficiency',
  highestWastedBytes: 'diveWastedBytes',
  highestUserWastedPercent: 'diveUserWastedPercent',
};

/** What dive goes by where nothing is said (dive 0.13.1, runtime/ci). */
export const diveDefaults: DiveRules = {
  lowestEfficiency: { kind: 'limit', text: '0.9', value: 0.9 },
  highestWastedBytes: { kind: 'disabled' },
  highestUserWastedPercent: { kind: 'limit', text: '0.1', value: 0.1 },
};

/** Reads a threshold as dive does. @param value of `.dive-ci` or a flag */
export function parseDiveThreshold(rule: DiveRuleName, value: unknown): DiveThreshold {
  if (value === null || value === undefined || value === false) return { kind: 'disabled' };
  if (typeof value !== 'string' && typeof value !== 'number')
    return { kind: 'misconfigured', text: described(value), reason: `${expected[rule]}, not ${described(value)}` };
  const text = String(value);
  if (['', 'disabled', 'off', 'false'].includes(text)) return { kind: 'disabled' };
  const found = rule === 'highestWastedBytes' ? parseHumanBytes(text) : parseRatio(text);
  if (found !== null) return { kind: 'limit', text, value: found };
  const there = described(text.length > 60 ? `${text.slice(0, 59)}…` : text);
  return { kind: 'misconfigured', text, reason: `${expected[rule]}, not ${there}` };
}

const expectedRatio = 'expected a number from 0 to 1, or disabled';

const expected: Readonly<Record<DiveRuleName, string>> = {
  lowestEfficiency: expectedRatio,
  highestWastedBytes: 'expected a size such as 20MB, or disabled',
  highestUserWastedPercent: expectedRatio,
};

/** Go's strconv.ParseFloat, of the numbers that are in range. */
function parseRatio(text: string): number | null {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return null;
  const value = Number(text);
  return value >= 0 && value <= 1 ? value : null;
}

/** go-humanize's ParseBytes: any case, `M` for `MB`, commas for nothing, and fractions cut off. */
function parseHumanBytes(text: string): number | null {
  const { digits, unit = '' } = /^(?<digits>[\d.,]+)(?<unit>[^]*)$/.exec(text)?.groups ?? {};
  const number = digits?.replaceAll(',', '');
  if (number === undefined || !/^(?:\d+\.?\d*|\.\d+)$/.test(number)) return null;
  const { letter, binary } = /^(?:(?<letter>[kmgtpe])(?<binary>i)?)?b?$/.exec(unit.trim().toLowerCase())?.groups ?? {
    letter: null,
    binary: undefined,
  };
  if (letter === null) return null;
  const power = letter === undefined ? 0 : 'kmgtpe'.indexOf(letter) + 1;
  const bytes = Number(number) * (binary === undefined ? 1000 : 1024) ** power;
  return bytes < 2 ** 64 ? Math.floor(bytes) : null;
}
