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

/** Narrower panes have no room for the counts of changes. */
const countsFrom = 56;

/** The layers: size and share, waste, changes, step. */
export function layerPaneRows(model: Model, state: State, width: number): PaneRows {
  const list = paneList(model, state, 'layers');
  const shown = layerRows(model, state).slice(list.top, list.top + list.height);
  const most = Math.max(1, ...model.layers.map(({ sizeBytes }) => sizeBytes ?? 0));
  const rows = shown.map((choice) =>
    choice === 'base' ? baseRow(model, state, most, width) : layerRow(model, choice, most, width),
  );
  return { rows, cursor: shown.length === 0 ? null : list.row - list.top };
}

function layerRow(model: Model, choice: Exclude<LayerChoice, 'base'>, most: number, width: number): Line {
  const facts = model.layers[choice];
  if (facts === undefined) return [];
  const isBase = facts.origin === 'base';
  return [
    right(String(facts.index), 3, 'faint'),
    gap,
    ...figures(facts, most),
    ...(width < countsFrom ? [] : counts(facts.changes)),
    span(`${isBase ? '· ' : ''}${facts.step}`, isBase ? 'faint' : 'plain'),
  ];
}

/** The layers of the base image in one row, which opens. */
function baseRow({ layers, baseLayers }: Model, { baseOpen }: State, most: number, width: number): Line {
  const base = layers.slice(0, baseLayers ?? 0);
  const sum = (bytesOf: (facts: LayerFacts) => number | null): number | null =>
    base.some((facts) => bytesOf(facts) === null) ? null : base.reduce((total, facts) => total + (bytesOf(facts) ?? 0), 0);
  const facts = { sizeBytes: sum((each) => each.sizeBytes), wastedBytes: sum((each) => each.wastedBytes), reading: null };
  return [
    right(baseOpen ? '▾' : '▸', 3),
    gap,
    ...figures(facts, most),
    ...(width < countsFrom ? [] : counts(null)),
    span('base image', 'strong'),
    span(`, ${plural(base.length, 'layer')}`, 'faint'),
  ];
}

function figures(
  { sizeBytes, wastedBytes, reading }: Pick<LayerFacts, 'sizeBytes' | 'wastedBytes' | 'reading'>,
  most: number,
): Span[] {
  if (reading !== null) {
    const share = reading.done / Math.max(1, reading.total);
    return [right(`${Math.floor(share * 100)} %`, 8, 'faint'), gap, left(bar(share, barWidth), barWidth, 'faint'), gap, right('', 8), gap];
  }
  const { plain, shade } = shadedBar((sizeBytes ?? 0) / most, (wastedBytes ?? 0) / Math.max(1, sizeBytes ?? 0), barWidth);
  return [
    right(sizeBytes === null ? '…' : formatBytes(sizeBytes), 8),
    gap,
    span(plain, 'bar'),
    left(shade, Math.max(0, barWidth - plain.length), 'waste'),
    gap,
    right(wastedBytes === null || wastedBytes === 0 ? '' : formatBytes(wastedBytes), 8, 'waste'),
    gap,
  ];
}

function counts(changes: LayerFacts['changes']): Span[] {
  if (changes === null) return [span(' '.repeat(18))];
  const cell = (sign: string, count: number): string => (count === 0 ? '' : sign + formatCount(count));
  return [
    right(cell('+', changes.added), 5, 'added'),
    gap,
    right(cell('~', changes.changed), 5, 'modified'),
    gap,
    right(cell('-', changes.removed), 5, 'removed'),
    gap,
  ];
}
