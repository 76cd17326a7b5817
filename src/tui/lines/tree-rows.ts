import type { ChangeKind } from '../../analysis/change-counts.ts';
import { changeKinds, isDirectory, snapshotOf } from '../../analysis/path-columns.ts';
import { root } from '../../filesystem/file-tree.ts';
import type { Snapshot } from '../../filesystem/snapshot.ts';
import { linkTarget } from '../../filesystem/walk-path.ts';
import { EntryType, entryTypeName } from '../../layer/entry-type.ts';
import { modeText } from '../../report/listing-line.ts';
import { printable } from '../../text/byte-string.ts';
import { formatBytes } from '../../text/bytes.ts';
import { formatCount } from '../../text/count.ts';
import { type Line, type Role, type Span, span } from '../line.ts';
import type { Model } from '../model/model.ts';
import { treeView } from '../state/look.ts';
import { paneList } from '../state/pane-list.ts';
import type { State } from '../state/state.ts';
import type { Paths, TreeView } from '../tree/paths.ts';
import type { Row } from '../tree/rows.ts';
import { gap, right } from './cell.ts';
import type { PaneRows } from './pane-rows.ts';

/** A change is told by its sign; the colour says it again. */
const changeSigns: Readonly<Record<ChangeKind, { readonly sign: string; readonly role: Role }>> = {
  added: { sign: '+', role: 'added' },
  modified: { sign: '~', role: 'modified' },
  metadataOnly: { sign: 'm', role: 'modified' },
  identical: { sign: '=', role: 'faint' },
  removed: { sign: '-', role: 'removed' },
};

/** Panes narrower than that have no room for mode and owner, or for the wasted bytes. */
const attributesFrom = 76;
const wasteFrom = 40;

interface Columns {
  readonly attributes: boolean;
  readonly waste: boolean;
  readonly count: boolean;
  readonly width: number;
}

/** A half of the tree: bytes, waste, mode and owner, change, name. */
export function treePaneRows(model: Model, state: State, pane: 'tree' | 'below', width: number): PaneRows {
  const view = treeView(model, state, pane);
  const { paths } = model;
  if (view === null || paths === null || view.rows.count === 0)
    return { rows: [[span(emptyText(model, state), 'faint')]], cursor: null };
  const list = paneList(model, state, pane);
  const columns: Columns = {
    attributes: state.tree.attributes && width >= attributesFrom,
    waste: width >= wasteFrom && (paths.wasted[root] ?? 0) > 0,
    count: state.tree.sorting.key === 'count',
    width,
  };
  const flat = state.tree.largestIn !== null;
  const rows = view.rows.window(list.top, list.height).map((row) => treeRow(paths, view, row, columns, flat));
  return { rows, cursor: list.row - list.top };
}

function emptyText({ paths, progress }: Model, { tree }: State): string {
  if (paths === null) return progress === null ? ' The image has no layers.' : ' Files appear as layers are read.';
  if (tree.pattern !== '') return ' Nothing fits the filter. Esc clears it.';
  if (tree.onlyWaste) return ' Nothing is wasted here.';
  return tree.hideUnchanged || tree.kind === 'changes' || tree.kind === 'split'
    ? ' Nothing changed here.'
    : ' There are no files.';
}

function treeRow(paths: Paths, view: TreeView, { node, depth }: Row, columns: Columns, flat: boolean): Line {
  const snapshot = snapshotOf(view.columns, node);
  const kind = changeKinds[view.columns.change[node] ?? 0] ?? null;
  const bytes = view.columns.bytes[node] ?? 0;
  const wasted = paths.wasted[node] ?? 0;
  const figures = [
    right(formatBytes(bytes), 8, bytes === 0 ? 'faint' : 'plain'),
    ...(columns.count ? [gap, right(formatCount(view.columns.files[node] ?? 0), 5, 'faint')] : []),
    ...(columns.waste ? [gap, right(wasted === 0 ? '' : formatBytes(wasted), 8, 'waste')] : []),
    ...(columns.attributes ? [gap, span(attributes(snapshot, node), 'faint')] : []),
    gap,
    changeSpan(snapshot === null ? 'removed' : kind, view.columns.changedBelow[node] === 1),
    gap,
  ];
  const before = flat ? '' : beforeName(view, node, depth, columns.width);
  const name = printable(flat ? paths.union.tree.path(node) : paths.union.tree.name(node));
  return [...figures, ...nameSpans(view, snapshot, node, { before, name }, kind)];
}

function changeSpan(kind: ChangeKind | null, changedBelow: boolean): Span {
  if (kind !== null) return span(changeSigns[kind].sign, changeSigns[kind].role);
  return changedBelow ? span('·', 'modified') : gap;
}

/** `drwxr-xr-x   1000:1000`, as wide as the widest owner that distributions have. */
function attributes(snapshot: Snapshot | null, node: number): string {
  const inode = snapshot?.inode(node) ?? null;
  const index = inode === null ? undefined : snapshot?.layers[inode.layer]?.index;
  if (inode === null || index === undefined || snapshot === null) return ' '.repeat(22);
  const mode = modeText(entryTypeName(snapshot.type(node)), index.mode[inode.entry] ?? 0);
  return `${mode} ${`${index.uid[inode.entry]}:${index.gid[inode.entry]}`.padStart(11)}`;
}

/** The indent by depth, though never beyond the middle of the pane, and whether it is open. */
function beforeName(view: TreeView, node: number, depth: number, width: number): string {
  const indent = ' '.repeat(Math.min(depth * 2, Math.floor(width / 3)));
  const fold = isDirectory(view.columns, node) ? (view.open[node] === 1 ? '▾ ' : '▸ ') : '  ';
  return indent + fold;
}

function nameSpans(
  view: TreeView,
  snapshot: Snapshot | null,
  node: number,
  { before, name }: { readonly before: string; readonly name: string },
  kind: ChangeKind | null,
): Span[] {
  const role = roleOf(view, node, kind, snapshot === null);
  // A match is underlined, and the indent is none.
  const indent = span(before, role === 'match' ? 'plain' : role);
  if (isDirectory(view.columns, node)) return [indent, span(`${name}/`, role === 'plain' ? 'strong' : role)];
  if (snapshot === null || snapshot.type(node) !== EntryType.symlink) return [indent, span(name, role)];
  return [indent, span(name, role), span(` → ${printable(linkTarget(snapshot, node))}`, 'faint')];
}

function roleOf(view: TreeView, node: number, kind: ChangeKind | null, gone: boolean): Role {
  if (view.filtered.hits?.[node] === 1) return 'match';
  if (gone || kind === 'removed') return 'removed';
  return kind === 'added' || kind === 'modified' || kind === 'metadataOnly' ? changeSigns[kind].role : 'plain';
}
