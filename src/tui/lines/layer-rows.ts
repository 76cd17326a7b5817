import { bar, shadedBar } from '../../text/bar.ts';
import { formatBytes } from '../../text/bytes.ts';
import { formatCount } from '../../text/count.ts';
import { plural } from '../../text/plural.ts';
import { type Line, type Span, span } from '../line.ts';
import type { LayerFacts } from '../model/layer-facts.ts';
import type { Model } from '../model/model.ts';
import { layerRows } from '../state/look.ts';
import { paneList } from '../state/pane-list.ts';
import type { LayerChoice, State } from '../state/state.ts';
import { gap, left, right } from './cell.ts';
import type { PaneRows } from './pane-rows.ts';

const barWidth = 6;

/** Columns that the step has at least; where that leaves none, changes are not counted. */
const leastStep = 18;

/** The cells whose width depends on what is in them. */
interface Widths {
  readonly waste: number;
  /** Of added, changed and removed; all 0 where there is no room. */
  readonly counts: readonly [number, number, number];
}

/** The layers: size and share, waste, changes, step. */
export function layerPaneRows(model: Model, state: State, width: number): PaneRows {
  const list = paneList(model, state, 'layers');
  const shown = layerRows(model, state).slice(list.top, list.top + list.height);
  const most = Math.max(1, ...model.layers.map(({ sizeBytes }) => sizeBytes ?? 0));
  const widths = widthsFor(model, width);
  const rows = shown.map((choice) =>
    choice === 'base' ? baseRow(model, state, most, widths) : layerRow(model, choice, most, widths),
  );
  return { rows, cursor: shown.length === 0 ? null : list.row - list.top };
}

function widthsFor({ layers }: Model, width: number): Widths {
  const widest = (textOf: (facts: LayerFacts) => string): number =>
    Math.max(0, ...layers.map((facts) => textOf(facts).length));
  const waste = widest(({ wastedBytes }) => wasteText(wastedBytes));
  const counts = [0, 1, 2].map((at) => widest((facts) => countTexts(facts)[at] ?? '')) as [number, number, number];
  const used = 3 + 1 + 8 + 1 + barWidth + 1 + (waste + 1) + counts.reduce((sum, one) => sum + one + 1, 0);
  return { waste, counts: width - used < leastStep ? [0, 0, 0] : counts };
}

function wasteText(bytes: number | null): string {
  return bytes === null || bytes === 0 ? '' : formatBytes(bytes);
}

function countTexts({ changes }: Pick<LayerFacts, 'changes'>): [string, string, string] {
  const text = (sign: string, count = 0): string => (count === 0 ? '' : sign + formatCount(count));
  return [text('+', changes?.added), text('~', changes?.changed), text('-', changes?.removed)];
}

function layerRow(model: Model, choice: Exclude<LayerChoice, 'base'>, most: number, widths: Widths): Line {
  const facts = model.layers[choice];
  if (facts === undefined) return [];
  const isBase = facts.origin === 'base';
  return [
    right(String(facts.index), 3, 'faint'),
    gap,
    ...figures(facts, most, widths),
    ...counts(facts, widths),
    span(`${isBase ? '· ' : ''}${facts.step}`, isBase ? 'faint' : 'plain'),
  ];
}

/** The layers of the base image in one row, which opens. */
function baseRow({ layers, baseLayers }: Model, { baseOpen }: State, most: number, widths: Widths): Line {
  const base = layers.slice(0, baseLayers ?? 0);
  const sum = (bytesOf: (facts: LayerFacts) => number | null): number | null =>
    base.some((facts) => bytesOf(facts) === null)
      ? null
      : base.reduce((total, facts) => total + (bytesOf(facts) ?? 0), 0);
  const facts = {
    sizeBytes: sum((each) => each.sizeBytes),
    wastedBytes: sum((each) => each.wastedBytes),
    reading: null,
  };
  return [
    right(baseOpen ? '▾' : '▸', 3),
    gap,
    ...figures(facts, most, widths),
    ...counts({ changes: null }, widths),
    span('base image', 'strong'),
    span(`, ${plural(base.length, 'layer')}`, 'faint'),
  ];
}

function figures(
  { sizeBytes, wastedBytes, reading }: Pick<LayerFacts, 'sizeBytes' | 'wastedBytes' | 'reading'>,
  most: number,
  widths: Widths,
): Span[] {
  const waste = widths.waste === 0 ? [] : [right(wasteText(wastedBytes), widths.waste, 'waste'), gap];
  if (reading !== null) {
    const share = reading.done / Math.max(1, reading.total);
    const percent = `${Math.floor(share * 100)} %`;
    return [right(percent, 8, 'faint'), gap, left(bar(share, barWidth), barWidth, 'faint'), gap, ...waste];
  }
  const { plain, shade } = shadedBar(
    (sizeBytes ?? 0) / most,
    (wastedBytes ?? 0) / Math.max(1, sizeBytes ?? 0),
    barWidth,
  );
  return [
    right(sizeBytes === null ? '…' : formatBytes(sizeBytes), 8),
    gap,
    span(plain, 'bar'),
    left(shade, Math.max(0, barWidth - plain.length), 'waste'),
    gap,
    ...waste,
  ];
}

function counts(facts: Pick<LayerFacts, 'changes'>, widths: Widths): Span[] {
  const roles = ['added', 'modified', 'removed'] as const;
  const texts = countTexts(facts);
  return roles.flatMap((role, at) => {
    const width = widths.counts[at] ?? 0;
    return width === 0 ? [] : [right(texts[at] ?? '', width, role), gap];
  });
}
