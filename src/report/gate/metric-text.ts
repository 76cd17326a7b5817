import type { AppliedLimits, BudgetResult } from '../../budgets/verdict.ts';
import { formatBytes } from '../../text/bytes.ts';

type AnyMetric = BudgetResult['metric'];

interface MetricText {
  readonly name: string;
  readonly unit: 'bytes' | 'count' | 'percent' | 'ratio';
}

/** Metrics in words, and what their numbers are. */
export const metricTexts: Readonly<Record<AnyMetric, MetricText>> = {
  size: { name: 'size', unit: 'bytes' },
  compressed: { name: 'compressed size', unit: 'bytes' },
  wasted: { name: 'wasted bytes', unit: 'bytes' },
  wastedPercent: { name: 'share of wasted bytes', unit: 'percent' },
  layers: { name: 'number of layers', unit: 'count' },
  files: { name: 'number of files', unit: 'count' },
  efficiency: { name: "dive's efficiency", unit: 'ratio' },
  diveWastedBytes: { name: "dive's wasted bytes", unit: 'bytes' },
  diveUserWastedPercent: { name: "dive's share of wasted bytes", unit: 'ratio' },
};

/** A value for people: `250 MB`, `25`, `1.9 %`, `0.953`; `-` where it is not known. */
export function formatMetric(metric: AnyMetric, value: number | null): string {
  if (value === null) return '-';
  switch (metricTexts[metric].unit) {
    case 'bytes':
      return formatBytes(value);
    case 'count':
      return String(value);
    case 'percent':
      return `${rounded(value, 3)} %`;
    case 'ratio':
      return rounded(value, 4);
  }
}

/** A change for people: `+30 MB`, `-2`, `+0.3 points`, `none`. */
export function formatChange(metric: AnyMetric, change: number): string {
  if (change === 0) return 'none';
  const amount = Math.abs(change);
  const text = metricTexts[metric].unit === 'percent' ? `${rounded(amount, 3)} points` : formatMetric(metric, amount);
  return `${change < 0 ? '-' : '+'}${text}`;
}

/** What is allowed: `≤ 250 MB, +5 %`; nothing where there is no limit. @param value told apart from them where it is not the same */
export function formatLimits(
  metric: AnyMetric,
  { max, min, maxIncrease }: AppliedLimits,
  value: number | null,
): string {
  return [
    ...(max === null ? [] : [`≤ ${formatBeside(metric, max, value)}`]),
    ...(min === null ? [] : [`≥ ${formatBeside(metric, min, value)}`]),
    ...(maxIncrease === null ? [] : [`≤ ${formatIncrease(metric, maxIncrease)}`]),
  ].join(', ');
}

/** A value as it stands beside a limit: with all its digits where rounding would make the two look the same. */
export function formatBeside(metric: AnyMetric, value: number, other: number | null): string {
  const text = formatMetric(metric, value);
  if (other === null || other === value || text !== formatMetric(metric, other)) return text;
  switch (metricTexts[metric].unit) {
    case 'bytes':
      return `${String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')} B`;
    case 'percent':
      return `${value} %`;
    case 'count':
    case 'ratio':
      return String(value);
  }
}

function formatIncrease(metric: AnyMetric, { value, unit }: NonNullable<AppliedLimits['maxIncrease']>): string {
  if (unit === 'percent') return `+${rounded(value, 4)} %`;
  return value === 0 ? '+0' : formatChange(metric, value);
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
