import type { Bindings } from '../keys/bindings.ts';
import { helpLines } from '../keys/help.ts';
import type { Line } from '../line.ts';
import type { Model } from '../model/model.ts';
import type { Overlay, State } from '../state/state.ts';
import { detailsRows } from './details-rows.ts';

/** Rows of details; nobody reads further. */
const longestDetails = 500;

/** All lines of what is shown instead of the panes. */
export function overlayLines(model: Model, bindings: Bindings, state: State, { kind }: Overlay): readonly Line[] {
  const width = state.size.columns - 2;
  return kind === 'help' ? helpLines(bindings, width) : detailsRows(model, state, width, longestDetails);
}

/** How many of them are seen at a time. */
export function overlayHeight({ size }: State): number {
  return Math.max(1, size.rows - 3);
}
