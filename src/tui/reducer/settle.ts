import type { Pane } from '../layout.ts';
import type { Model } from '../model/model.ts';
import { places } from '../state/look.ts';
import { paneList } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';

/** Scrolls every list on the screen just as far as it takes for its cursor to be seen. */
export function settle(model: Model, state: State): State {
  return places(model, state).reduce(
    (settled, { pane }) => (pane === 'details' ? settled : scrolled(model, settled, pane)),
    state,
  );
}

function scrolled(model: Model, state: State, pane: Pane): State {
  if (pane === 'file') return state;
  const list = paneList(model, state, pane);
  if (list.count === 0) return state;
  const top = topFor(list);
  return top === list.top ? state : list.scroll(top);
}

/** The row at the top that shows the cursor, and no emptiness below the last one. */
function topFor({ count, row, top, height }: { count: number; row: number; top: number; height: number }): number {
  const seen = row < top ? row : row >= top + height ? row - height + 1 : top;
  return Math.max(0, Math.min(seen, count - height));
}
