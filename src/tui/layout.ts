/** What can have the focus. `below` is the lower half of a split tree. */
export type Pane = 'layers' | 'tree' | 'below' | 'waste' | 'dockerfile' | 'file';

/** The panes that share one place where there is no room for all. */
export type MainPane = 'tree' | 'waste' | 'dockerfile' | 'file';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A pane's place; its first row is its title. Columns and rows from 0. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  readonly pane: Pane | 'details';
  readonly rect: Rect;
}

/** What of the state decides where things are. */
export interface LayoutWish {
  readonly size: Size;
  readonly main: MainPane;
  readonly split: boolean;
  /** Rows that the list of layers would fill. */
  readonly layerRows: number;
}

/** The smallest screen that anything sensible fits on. */
export const smallest: Size = { columns: 40, rows: 10 };

/** Where layers and details stand beside the tree, and where the Dockerfile and the waste get a column of their own. */
const besideFrom = 100;
const threeColumnsFrom = 170;

/**
 * Places every visible pane. The first row is the header's, the last but one the footer's; the last stays empty, for a
 * frame as tall as the terminal makes Ink clear everything each time.
 */
export function layout(wish: LayoutWish): readonly Placed[] {
  const { columns, rows } = wish.size;
  const body: Rect = { left: 0, top: 1, width: columns, height: Math.max(3, rows - 3) };
  if (columns < besideFrom) return stacked(wish, body);
  return columns < threeColumnsFrom ? twoColumns(wish, body) : threeColumns(wish, body);
}

/** One below the other: layers, the main pane, a few rows of details. */
function stacked(wish: LayoutWish, body: Rect): Placed[] {
  const layers = clamp(wish.layerRows + 1, 3, Math.floor(body.height * 0.32));
  const details = body.height >= 18 ? 4 : 0;
  const [top, middle, bottom] = cutRows(body, [layers, body.height - layers - details]);
  return [{ pane: 'layers', rect: top }, ...mainPanes(wish.main, wish.split, middle), ...detailsIn(bottom)];
}

/** Layers and details on the left, the main pane on the right. */
function twoColumns(wish: LayoutWish, body: Rect): Placed[] {
  const left = clamp(Math.floor(body.width * 0.4), 44, 64);
  const [one, other] = cutColumns(body, [left]);
  return [...layersAndDetails(wish.layerRows, one), ...mainPanes(wish.main, wish.split, other)];
}

/** The Dockerfile and the waste on the right of all, whatever has the focus. */
function threeColumns(wish: LayoutWish, body: Rect): Placed[] {
  const left = 58;
  const middle = Math.floor((body.width - left - 2) * 0.54);
  const [one, two, three] = cutColumns(body, [left, middle]);
  const [upper, lower] = cutRows(three, [Math.ceil(three.height * 0.55)]);
  const main = wish.main === 'file' ? 'file' : 'tree';
  return [
    ...layersAndDetails(wish.layerRows, one),
    ...mainPanes(main, wish.split, two),
    { pane: 'dockerfile', rect: upper },
    { pane: 'waste', rect: lower },
  ];
}

function layersAndDetails(layerRows: number, rect: Rect): Placed[] {
  const layers = clamp(layerRows + 1, 5, Math.max(5, Math.floor(rect.height * 0.6)));
  const [upper, lower] = cutRows(rect, [layers]);
  return [{ pane: 'layers', rect: upper }, ...detailsIn(lower)];
}

function mainPanes(main: MainPane, split: boolean, rect: Rect): Placed[] {
  if (main !== 'tree' || !split || rect.height < 8) return [{ pane: main, rect }];
  const [upper, lower] = cutRows(rect, [Math.floor(rect.height / 2)]);
  return [
    { pane: 'tree', rect: upper },
    { pane: 'below', rect: lower },
  ];
}

function detailsIn(rect: Rect): Placed[] {
  return rect.height < 2 ? [] : [{ pane: 'details', rect }];
}

/** Cuts a rectangle from the top into pieces of these heights and what is left. */
function cutRows(rect: Rect, heights: readonly number[]): [Rect, Rect, Rect] {
  let top = rect.top;
  const pieces = [...heights, rect.height].map((wanted) => {
    const height = Math.min(wanted, rect.top + rect.height - top);
    const piece = { ...rect, top, height };
    top += height;
    return piece;
  });
  return pieces as [Rect, Rect, Rect];
}

/** Cuts a rectangle from the left, with a column for a line between two pieces. */
function cutColumns(rect: Rect, widths: readonly number[]): [Rect, Rect, Rect] {
  let left = rect.left;
  const pieces = [...widths, rect.width].map((wanted) => {
    const width = Math.min(wanted, rect.left + rect.width - left);
    const piece = { ...rect, left, width };
    left += width + 1;
    return piece;
  });
  return pieces as [Rect, Rect, Rect];
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
