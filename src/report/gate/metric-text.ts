import { metricRules, type Unit } from '../../budgets/metrics.ts';
import type { AppliedLimits, BudgetResult } from '../../budgets/verdict.ts';
import { formatBytes } from '../../text/bytes.ts';

type AnyMetric = BudgetResult['metric'];

/** Metrics in words. */
export const metricNames: Readonly<Record<AnyMetric, string>> = {
  size: 'size',
  compressed: 'compressed size',
  wasted: 'wasted bytes',
  wastedPercent: 'share of wasted bytes',
  layers: 'number of layers',
  files: 'number of files',
  efficiency: "dive's efficiency",
  diveWastedBytes: "dive's wasted bytes",
  diveUserWastedPercent: "dive's share of wasted bytes",
};

function unitOf(metric: AnyMetric): Unit {
  if (metric === 'diveWastedBytes') return 'bytes';
  return metric === 'diveUserWastedPercent' ? 'ratio' : metricRules[metric].unit;
}

/** A value for people: `250 MB`, `25`, `1.9 %`, `0.953`; `-` where it is not known. */
export function formatMetric(metric: AnyMetric, value: number | null): string {
  if (value === null) return '-';
  switch (unitOf(metric)) {
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

/** A change for people: `+30 MB`, `-2`, `+0.3 points`, `0 B`. */
export function formatMetricChange(metric: AnyMetric, change: number): string {
  const amount = Math.abs(change);
  const text = unitOf(metric) === 'percent' ? `${rounded(amount, 3)} points` : formatMetric(metric, amount);
  return `${change < 0 ? '-' : change > 0 ? '+' : ''}${text}`;
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
  switch (unitOf(metric)) {
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
  return value === 0 ? `+${formatMetric(metric, 0)}` : formatMetricChange(metric, value);
}

function rounded(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
