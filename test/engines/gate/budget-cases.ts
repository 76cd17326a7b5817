import { total, type TrueFigures } from './true-figures.ts';

/** A budget that holds with room for one unit, is met exactly, or is broken by one. */
export type Margin = 'holds' | 'limit' | 'breaks';

export interface BudgetCase {
  readonly name: string;
  /** As a configuration has it. */
  readonly budget: (margin: Margin) => object;
}

/** What the images are by nothing of ours. `base`: how many layers the base image has. */
export interface Compared {
  readonly now: TrueFigures;
  readonly before: TrueFigures;
  readonly base: number;
}

const room: Readonly<Record<Margin, number>> = { holds: 1, limit: 0, breaks: -1 };

/** Every metric and scope, with paths, and every kind of limit. */
export function budgetCases({ now, before, base }: Compared): readonly BudgetCase[] {
  const own = (figures: readonly number[]): number => total(figures.slice(base));
  const below = (figures: readonly number[]): number => total(figures.slice(0, base));
  const max = (subject: object, value: number): BudgetCase => made('max', subject, (units) => value + units);
  const min = (subject: object, value: number): BudgetCase => made('min', subject, (units) => value - units);
  const increase = (subject: object, from: number, to: number): BudgetCase =>
    made('maxIncrease', subject, (units) => to - from + units);
  const doc = '/usr/share/doc/';
  const smaller = (value: number): number => Math.max(0, value);
  return [
    max({ metric: 'size' }, total(now.sizes())),
    max({ metric: 'size', scope: 'own' }, own(now.sizes())),
    max({ metric: 'size', scope: 'base' }, below(now.sizes())),
    max({ metric: 'size', scope: 'layer' }, Math.max(...now.sizes())),
    max({ metric: 'size', scope: 'stage' }, own(now.sizes())),
    max({ metric: 'size', scope: 'stage', stage: 'final' }, own(now.sizes())),
    max({ metric: 'size', path: `${doc}**` }, total(now.sizes(doc))),
    max({ metric: 'size', path: '**/app/**' }, total(now.sizes(`${doc}app/`)) + total(now.sizes('/srv/app/'))),
    max({ metric: 'size', scope: 'layer', path: '/srv/**' }, Math.max(...now.sizes('/srv/'))),
    min({ metric: 'size' }, total(now.sizes())),
    min({ metric: 'size', scope: 'own', path: '/srv' }, own(now.sizes('/srv/'))),
    increase({ metric: 'size' }, total(before.sizes()), total(now.sizes())),
    increase({ metric: 'size', scope: 'own' }, own(before.sizes()), own(now.sizes())),
    max({ metric: 'wasted' }, total(now.wasted())),
    max({ metric: 'wasted', scope: 'own' }, own(now.wasted())),
    max({ metric: 'wasted', scope: 'layer' }, Math.max(...now.wasted())),
    max({ metric: 'wasted', path: '/srv/app/data' }, total(now.wasted('/srv/app/data'))),
    increase({ metric: 'wasted' }, total(before.wasted()), total(now.wasted())),
    max({ metric: 'files' }, total(now.files())),
    max({ metric: 'files', scope: 'own' }, own(now.files())),
    max({ metric: 'files', path: '/srv/app/*' }, total(now.files('/srv/app/'))),
    min({ metric: 'files', path: '/bin/**' }, smaller(total(now.files('/bin/')))),
    increase({ metric: 'files' }, total(before.files()), total(now.files())),
    max({ metric: 'layers' }, now.layerCount),
    max({ metric: 'layers', scope: 'own' }, now.layerCount - base),
    max({ metric: 'layers', scope: 'base' }, base),
    increase({ metric: 'layers' }, before.layerCount, now.layerCount),
    shareOfIncrease({ metric: 'layers' }, ((now.layerCount - before.layerCount) / before.layerCount) * 100),
    share({ metric: 'wastedPercent', scope: 'own' }, (own(now.wasted()) / own(now.sizes())) * 100),
    {
      name: 'min of efficiency',
      budget: (margin) => ({ metric: 'efficiency', min: String(now.efficiency - room[margin] * 1e-9) }),
    },
  ];
}

/** Of what a registry says of the blobs. */
export function compressedCases(now: readonly number[], before: readonly number[], base: number): BudgetCase[] {
  const value = total(now);
  return [
    made('max', { metric: 'compressed' }, (units) => value + units),
    made('max', { metric: 'compressed', scope: 'own' }, (units) => total(now.slice(base)) + units),
    made('max', { metric: 'compressed', scope: 'layer' }, (units) => Math.max(...now) + units),
    made('maxIncrease', { metric: 'compressed' }, (units) => value - total(before) + units),
  ];
}

function made(limit: string, subject: object, at: (units: number) => number): BudgetCase {
  return {
    name: `${limit} of ${Object.values(subject).join(' ')}`,
    budget: (margin) => ({ ...subject, [limit]: at(room[margin]) }),
  };
}

/** A unit is a millionth of a percent here. */
function share(subject: object, percent: number): BudgetCase {
  return { name: 'max of a share', budget: (margin) => ({ ...subject, max: percentText(percent, margin) }) };
}

function shareOfIncrease(subject: object, percent: number): BudgetCase {
  return {
    name: 'maxIncrease as a share',
    budget: (margin) => ({ ...subject, maxIncrease: percentText(percent, margin) }),
  };
}

function percentText(percent: number, margin: Margin): string {
  if (!Number.isInteger(percent)) throw new Error(`${percent} is no round share, and cannot be met exactly`);
  return margin === 'limit' ? `${percent}%` : `${(percent + room[margin] * 1e-6).toFixed(6)}%`;
}
