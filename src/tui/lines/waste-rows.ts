import { causeTexts } from '../../report/cause.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { cutPath } from '../../text/table.ts';
import { type Line, span } from '../line.ts';
import type { Model } from '../model/model.ts';
import type { WasteRow } from '../model/waste-list.ts';
import { wasteRows } from '../state/look.ts';
import { paneList } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';
import { gap, left, right } from './cell.ts';
import type { PaneRows } from './pane-rows.ts';

/** Panes narrower than that have no room for the cause. */
const causeFrom = 56;

/** The wasted files or directories: bytes, cause, where they are from and what wasted them. */
export function wastePaneRows(model: Model, state: State, width: number): PaneRows {
  const all = wasteRows(model, state);
  if (all.length === 0)
    return { rows: [[span(model.waste === null ? ' Not known yet.' : ' Nothing is wasted.', 'faint')]], cursor: null };
  const list = paneList(model, state, 'waste');
  const shown = all.slice(list.top, list.top + list.height);
  const placeWidth = Math.min(16, Math.max(...shown.map((row) => placesText(row).length)));
  return {
    rows: shown.map((row) => wasteLine(row, width, placeWidth)),
    cursor: list.row - list.top,
  };
}

function wasteLine(row: WasteRow, width: number, placeWidth: number): Line {
  const cause = row.cause === null ? 'several causes' : causeTexts[row.cause].name;
  const files = row.files === undefined ? '' : `/  ${plural(row.files, 'file')}`;
  const before = [
    right(formatBytes(row.bytes), 8, 'waste'),
    gap,
    ...(width < causeFrom ? [] : [left(cause, 14), gap]),
    left(placesText(row), placeWidth, 'faint'),
    gap,
  ];
  const used = before.reduce((sum, { text }) => sum + text.length, 0);
  const path = cutPath(sanitize(row.path), Math.max(12, width - used - files.length));
  return [...before, span(path), span(files, 'faint')];
}

/** `:12 → :18` with the lines, `L3 → L5` with the layers where no line is known. */
function placesText({ copies }: Pick<WasteRow, 'copies'>): string {
  const from = [...new Set(copies.map(({ line, layer }) => place(line, layer)))];
  const by = [...new Set(copies.map(({ wastedByLine, wastedByLayer }) => place(wastedByLine, wastedByLayer)))];
  const some = (places: readonly string[]): string => (places.length > 2 ? `${places[0]}…` : places.join(','));
  return `${some(from)} → ${some(by)}`;
}

function place(line: number | null, layer: number): string {
  return line === null ? `L${layer}` : `:${line}`;
}
