import type { Pane } from '../layout.ts';
import type { Model } from '../model/model.ts';
import { fileLineCount } from './file-look.ts';
import { layerRows, paneHeight, treeView, wasteRows } from './look.ts';
import type { State } from './state.ts';

/** A pane as a list of rows, for keys and wheels that do the same everywhere. */
export interface PaneList {
  readonly count: number;
  /** The cursor's row. */
  readonly row: number;
  /** The row at the top. */
  readonly top: number;
  /** How many rows there is room for. */
  readonly height: number;
  /** Puts the cursor on a row that is there. */
  readonly select: (row: number) => State;
  /** Puts a row that is there at the top. */
  readonly scroll: (row: number) => State;
}

/** The rows of a pane. */
export function paneList(model: Model, state: State, pane: Pane): PaneList {
  const height = paneHeight(model, state, pane);
  switch (pane) {
    case 'layers': {
      const rows = layerRows(model, state);
      return {
        count: rows.length,
        row: Math.max(0, rows.indexOf(state.layer)),
        top: Math.max(0, rows.indexOf(state.layersTop)),
        height,
        select: (row) => chooseLayer(model, state, rows[row] ?? 0),
        scroll: (row) => ({ ...state, layersTop: rows[row] ?? 0 }),
      };
    }
    case 'tree':
    case 'below':
      return treeList(model, state, pane, height);
    case 'waste': {
      const rows = wasteRows(model, state);
      const { waste } = state;
      return {
        count: rows.length,
        row: waste.row === null ? 0 : Math.max(0, rows.indexOf(waste.row)),
        top: waste.top === null ? 0 : Math.max(0, rows.indexOf(waste.top)),
        height,
        select: (row) => ({ ...state, waste: { ...waste, row: rows[row] ?? null } }),
        scroll: (row) => ({ ...state, waste: { ...waste, top: rows[row] ?? null } }),
      };
    }
    case 'dockerfile': {
      const { dockerfile } = state;
      return {
        count: model.listing?.lines.length ?? 0,
        row: dockerfile.line - 1,
        top: dockerfile.top - 1,
        height,
        select: (row) => ({ ...state, dockerfile: { ...dockerfile, line: row + 1 } }),
        scroll: (row) => ({ ...state, dockerfile: { ...dockerfile, top: row + 1 } }),
      };
    }
    case 'file':
      return fileList(model, state, height);
  }
}

/**
 * Another layer, with the cursor of the Dockerfile on what made it. The final filesystem has no layer: what the layer
 * changed is looked at then.
 */
export function chooseLayer(model: Model, state: State, layer: State['layer']): State {
  if (layer === state.layer) return state;
  const { tree, dockerfile } = state;
  const line = layer === 'base' ? 0 : lineOf(model, layer);
  return {
    ...state,
    layer,
    tree: tree.kind === 'final' ? { ...tree, kind: 'changes' } : tree,
    dockerfile: line === 0 ? dockerfile : { ...dockerfile, line },
  };
}

/** The first line of the instruction that made a layer; 0 if none is known. */
function lineOf({ listing }: Model, layer: number): number {
  return (listing?.lines.findIndex(({ block }) => block?.layers.includes(layer) === true) ?? -1) + 1;
}

/** A layer by its number, with a row of its own. */
export function goToLayer(model: Model, state: State, layer: number): State {
  const { baseLayers } = model;
  const inBase = baseLayers !== null && layer < baseLayers;
  return chooseLayer(model, inBase ? { ...state, baseOpen: true } : state, layer);
}

function treeList(model: Model, state: State, pane: 'tree' | 'below', height: number): PaneList {
  const view = treeView(model, state, pane);
  const { tree } = state;
  const nodeAt = (row: number): number => view?.rows.window(row, 1)[0]?.node ?? 0;
  return {
    count: view?.rows.count ?? 0,
    row: view?.rows.rowOf(tree.node) ?? 0,
    top: view?.rows.rowOf(tree.tops[pane]) ?? 0,
    height,
    select: (row) => ({ ...state, tree: { ...tree, node: nodeAt(row) } }),
    scroll: (row) => ({ ...state, tree: { ...tree, tops: { ...tree.tops, [pane]: nodeAt(row) } } }),
  };
}

/** A file has no cursor: what moves is its top line. */
function fileList(model: Model, state: State, height: number): PaneList {
  const { file } = state;
  const count = fileLineCount(model, state);
  const top = file === null || file.kind === 'waiting' ? 0 : file.look.top;
  const scroll = (row: number): State => {
    if (file === null || file.kind === 'waiting') return state;
    return { ...state, file: { ...file, look: { ...file.look, top: row } } };
  };
  return { count: Math.max(0, count - height + 1), row: top, top, height, select: scroll, scroll };
}
