import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import type { Amount, Fraction, Subject } from './budget.ts';
import { compare, fraction, subtract, toNumber } from './fraction.ts';
import { metricRules, type Unit } from './metrics.ts';

/** A value for people: `12.4 MB`, `3`, `2.35 %`, `0.93`. */
export function amountText(unit: Unit, value: Fraction): string {
  switch (unit) {
    case 'bytes':
      // Of less than a byte, there is one.
      return formatBytes(Math.ceil(toNumber(value)));
    case 'count':
      return String(toNumber(value));
    case 'percent':
      return `${rounded(value)} %`;
    case 'ratio':
      return rounded(value);
  }
}

/** How far two values are apart. */
export function differenceText(unit: Unit, a: Fraction, b: Fraction): string {
  const difference = compare(a, b) < 0 ? subtract(b, a) : subtract(a, b);
  return unit === 'percent' ? `${rounded(difference)} points` : amountText(unit, difference);
}

/** A limit as it was written, with a space before its unit. */
export function limitText({ text }: Amount): string {
  return text.replace(/^(?<number>[\d.]+)\s*(?<unit>[A-Za-z%]+)$/, '$<number> $<unit>');
}

/** Three digits that count: a small difference does not become none. */
function rounded(value: Fraction): string {
  return String(Number(toNumber(value).toPrecision(compare(value, fraction(1)) < 0 ? 3 : 4)));
}

/** What was measured, with its place: `12.4 MB in /usr/share/doc/**`, `5.1 MB wasted in own layers`. */
export function measuredText(subject: Subject, value: Fraction, culprit: string | null): string {
  const amount = amountText(metricRules[subject.metric].unit, value);
  const place = placeText(subject, culprit);
  switch (subject.metric) {
    case 'size':
      return `${amount}${place}`;
    case 'compressed':
      return `${amount} compressed${place}`;
    case 'wasted':
    case 'wastedPercent':
      return `${amount} wasted${place}`;
    case 'layers':
      return `${plural(toNumber(value), 'layer')}${place}`;
    case 'files':
      return `${plural(toNumber(value), 'file')}${place}`;
    case 'efficiency':
      return `efficiency ${amount}`;
  }
}

function placeText({ scope, stage, path, metric }: Subject, culprit: string | null): string {
  const of = metric === 'layers' ? 'of' : 'in';
  const wholes = {
    image: '',
    own: metric === 'layers' ? ' of your own' : ' in own layers',
    base: metric === 'layers' ? ' of the base image' : ' in layers of the base image',
    layer: ` in ${culprit ?? 'a layer'}`,
    stage: ` ${of} ${culprit ?? `stage ${stage ?? ''}`.trim()}`,
  };
  return `${path === null ? '' : ` in ${path.text}`}${wholes[scope]}`;
}
