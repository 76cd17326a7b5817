import { formatBytes } from '../../text/bytes.ts';
import { type Line, type Role, span } from '../line.ts';
import type { Block, ListingLine } from '../model/listing.ts';
import type { Model } from '../model/model.ts';
import { chosenLayer } from '../state/look.ts';
import { paneList } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';
import { gap, right } from './cell.ts';
import type { PaneRows } from './pane-rows.ts';

/** The Dockerfile with what each instruction adds and wastes in its margin; the chosen layer's lines are lit. */
export function dockerfilePaneRows(model: Model, state: State): PaneRows {
  const { listing } = model;
  if (listing === null || listing.lines.length === 0)
    return { rows: [[span(' Nothing is known of the build.', 'faint')]], cursor: null };
  const list = paneList(model, state, 'dockerfile');
  const digits = String(listing.lines.length).length;
  const isLit = litBy(model, state);
  const widths = widthsFor(listing.lines);
  const rows = listing.lines.slice(list.top, list.top + list.height).map((line, at) => {
    const number = list.top + at + 1;
    return listingLine(line, number, { ...widths, digits }, line.block !== null && isLit(line.block));
  });
  return { rows, cursor: list.row - list.top };
}

/** Whether a block made the layer that is chosen. */
function litBy(model: Model, state: State): (block: Block) => boolean {
  if (state.layer === 'base') return ({ layers }) => layers.some((layer) => layer < (model.baseLayers ?? 0));
  const chosen = chosenLayer(model, state);
  return ({ layers }) => layers.includes(chosen);
}

/** The cells whose width depends on what is in them. */
interface Widths {
  readonly added: number;
  readonly wasted: number;
  readonly digits: number;
}

/** Found once for each listing, which may have any number of lines, and not for each frame. */
const knownWidths = new WeakMap<readonly ListingLine[], Pick<Widths, 'added' | 'wasted'>>();

function widthsFor(lines: readonly ListingLine[]): Pick<Widths, 'added' | 'wasted'> {
  const known = knownWidths.get(lines);
  if (known !== undefined) return known;
  const widths = { added: 0, wasted: 0 };
  for (const { block } of lines) {
    const [added, wasted] = costTexts(block);
    widths.added = Math.max(widths.added, added.length);
    widths.wasted = Math.max(widths.wasted, wasted.length);
  }
  knownWidths.set(lines, widths);
  return widths;
}

function costTexts(block: Block | null): [string, string] {
  if (block === null || block.costs === null || block.layers.length === 0) return ['', ''];
  const { addedBytes, wastedBytes } = block.costs;
  return [formatBytes(addedBytes), wastedBytes === 0 ? '' : formatBytes(wastedBytes)];
}

function listingLine({ text, block }: ListingLine, number: number, widths: Widths, lit: boolean): Line {
  const first = block?.startLine === number ? block : null;
  const [added, wasted] = costTexts(first);
  return [
    gap,
    right(added, widths.added),
    gap,
    right(wasted, widths.wasted, 'waste'),
    gap,
    span(first === null || first.findings.length === 0 ? ' ' : '!', 'waste'),
    span(lit ? '▌' : ' ', 'lit'),
    right(String(number), widths.digits, 'faint'),
    gap,
    span(text, roleOf(text, block, lit)),
  ];
}

function roleOf(text: string, block: Block | null, lit: boolean): Role {
  if (lit) return 'lit';
  if (/^\s*FROM\s/i.test(text)) return 'strong';
  return block === null || block.layers.length === 0 ? 'faint' : 'plain';
}
