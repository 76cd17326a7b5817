import type { Change, Comparison } from '../../comparison/comparison.ts';
import { formatBytes } from '../../text/bytes.ts';
import { percentOf } from './diff-verdict.ts';

/** A figure of both images, fit to print. */
export interface Figure {
  readonly name: string;
  readonly old: string;
  readonly new: string;
  /** With its share; empty where there is none. */
  readonly difference: string;
  readonly change: number;
}

/** The figures that are known of both images. */
export function figuresOf({ size, base, own, compressed, wasted, fileCount, old, new: now }: Comparison): Figure[] {
  const layers = { old: old.layerCount, new: now.layerCount, change: now.layerCount - old.layerCount };
  const hasBase = base !== null && base.old + base.new > 0;
  return [
    ...figure('size', size, formatBytes),
    ...(hasBase
      ? [...figure('of it base image', base, formatBytes), ...figure('on top of that', own, formatBytes)]
      : []),
    ...figure('compressed', compressed, formatBytes),
    ...figure('wasted', wasted, formatBytes),
    ...figure('files', fileCount, String),
    ...figure('layers', layers, String),
  ];
}

function figure(name: string, change: Change | null, format: (value: number) => string): Figure[] {
  if (change === null) return [];
  const sign = change.change > 0 ? '+' : '-';
  const difference = change.change === 0 ? '' : `${sign}${format(Math.abs(change.change))}${percentOf(change)}`;
  return [{ name, old: format(change.old), new: format(change.new), difference, change: change.change }];
}
