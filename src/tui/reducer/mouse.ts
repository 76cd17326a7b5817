import type { Input } from '../keys/key.ts';
import type { Pane } from '../layout.ts';
import type { Model } from '../model/model.ts';
import type { Step } from '../state/event.ts';
import { step } from '../state/event.ts';
import { focusPane, goThere } from './act-anywhere.ts';
import { places } from '../state/look.ts';
import { paneList } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';

/** Rows that one notch of the wheel moves. */
const notch = 3;

/** The wheel scrolls what is under the pointer; a click chooses a row, and one on the chosen row goes where it leads. */
export function pointAt(model: Model, state: State, input: Extract<Input, { kind: 'mouse' }>): Step {
  const { column, row, button } = input;
  const place = places(model, state).find(
    ({ rect }) =>
      column >= rect.left && column < rect.left + rect.width && row >= rect.top && row < rect.top + rect.height,
  );
  if (place === undefined || place.pane === 'details') return step(state);
  const { pane, rect } = place;
  if (button !== 'left') return step(scrolled(model, state, pane, button === 'wheel-up' ? -notch : notch));
  const focused = focusPane(state, pane);
  const inside = row - rect.top - 1;
  if (inside < 0 || pane === 'file') return step(focused);
  const list = paneList(model, focused, pane);
  const wanted = list.top + inside;
  if (wanted >= list.count) return step(focused);
  if (wanted === list.row && state.focus === pane) return goThere(model, focused);
  return step(list.select(wanted));
}

/** Scrolls, and takes the cursor along only as far as it takes to stay in sight. */
function scrolled(model: Model, state: State, pane: Pane, by: number): State {
  const list = paneList(model, state, pane);
  const last = pane === 'file' ? list.count - 1 : list.count - list.height;
  const top = Math.max(0, Math.min(list.top + by, last));
  const after = top === list.top ? state : list.scroll(top);
  if (pane === 'file') return after;
  const row = Math.max(top, Math.min(list.row, top + list.height - 1, list.count - 1));
  return row === list.row || row < 0 ? after : paneList(model, after, pane).select(row);
}
