import type { Bindings } from './keys/bindings.ts';
import type { Line } from './line.ts';
import { type Pane, type Rect, type Size, smallest } from './layout.ts';
import { detailsRows } from './lines/details-rows.ts';
import { dockerfilePaneRows } from './lines/dockerfile-rows.ts';
import { filePaneRows } from './lines/file-rows.ts';
import { bottomLine } from './lines/footer-line.ts';
import { headerLine } from './lines/header-line.ts';
import { layerPaneRows } from './lines/layer-rows.ts';
import { overlayHeight, overlayLines } from './lines/overlay-lines.ts';
import type { PaneRows } from './lines/pane-rows.ts';
import { titleLine } from './lines/title-line.ts';
import { treePaneRows } from './lines/tree-rows.ts';
import { wastePaneRows } from './lines/waste-rows.ts';
import type { Model } from './model/model.ts';
import { places } from './state/look.ts';
import type { Overlay, State } from './state/state.ts';

/** A pane as it is drawn. */
export interface PaneFrame extends PaneRows {
  readonly pane: Pane | 'details';
  readonly rect: Rect;
  readonly title: Line;
  readonly hasFocus: boolean;
}

/** Everything on the screen, in words. */
export interface Frame {
  readonly size: Size;
  readonly header: Line;
  readonly footer: Line;
  readonly panes: readonly PaneFrame[];
  /** Instead of the panes. */
  readonly overlay: readonly Line[] | null;
}

/** What is to be seen. Pure: the same model and state, the same frame. */
export function makeFrame(model: Model, bindings: Bindings, state: State): Frame {
  const { size, overlay } = state;
  const header = headerLine(model, size.columns);
  const footer = bottomLine(model, bindings, state);
  if (size.columns < smallest.columns || size.rows < smallest.rows)
    return {
      size,
      header: [],
      footer: [],
      panes: [],
      overlay: [[{ text: 'The terminal is too small.', role: 'plain' }]],
    };
  if (overlay !== null)
    return { size, header, footer, panes: [], overlay: overlayRows(model, bindings, state, overlay) };
  const placed = places(model, state);
  const sharesPlace = !placed.some(({ pane }) => pane === 'dockerfile') || !placed.some(({ pane }) => pane === 'waste');
  const panes = placed.map(({ pane, rect }): PaneFrame => ({
    pane,
    rect,
    title: titleLine(model, state, pane, sharesPlace, rect.width),
    hasFocus: pane === state.focus,
    ...paneRows(model, state, pane, rect),
  }));
  return { size, header, footer, panes, overlay: null };
}

function paneRows(model: Model, state: State, pane: Pane | 'details', { width, height }: Rect): PaneRows {
  switch (pane) {
    case 'layers':
      return layerPaneRows(model, state, width);
    case 'tree':
    case 'below':
      return treePaneRows(model, state, pane, width);
    case 'waste':
      return wastePaneRows(model, state, width);
    case 'dockerfile':
      return dockerfilePaneRows(model, state);
    case 'file':
      return filePaneRows(state.file, width, height - 1);
    case 'details':
      return { rows: detailsRows(model, state, width, height - 1), cursor: null };
  }
}

function overlayRows(model: Model, bindings: Bindings, state: State, overlay: Overlay): readonly Line[] {
  return overlayLines(model, bindings, state, overlay).slice(overlay.top, overlay.top + overlayHeight(state));
}
