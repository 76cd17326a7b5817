import type { Contents } from '../../analysis/content.ts';
import { type IgnoredContent, nothingIgnored } from '../../analysis/ignored-content.ts';
import { type PathColumns, pathColumns, type TreeSubject, wastedBelow } from '../../analysis/path-columns.ts';
import { wasteAt, type WastedFile } from '../../analysis/waste.ts';
import { type Snapshot, snapshotAfter } from '../../filesystem/snapshot.ts';
import type { Union } from '../../filesystem/union.ts';
import { ChildOrder, type Sorting } from './child-order.ts';
import { createFilter } from './filter.ts';
import { largestBelow } from './largest-rows.ts';
import type { Rows } from './rows.ts';
import { type FilteredPaths, filterPaths } from './tree-filter.ts';
import { TreeRows } from './tree-rows.ts';

/** Everything that decides which rows a tree has. */
export interface TreeQuery {
  readonly subject: TreeSubject;
  readonly sorting: Sorting;
  readonly hideUnchanged: boolean;
  readonly onlyWaste: boolean;
  /** Empty: no filter. */
  readonly pattern: string;
  /** Directories that are not as they are by default. */
  readonly flipped: ReadonlySet<number>;
  /** Whether directories are open by default: all, none, or all if there are few rows. */
  readonly unfolded: 'all' | 'none' | 'few';
  /** The directory whose largest files are listed instead. */
  readonly largestIn: number | null;
}

/** A tree as it is looked at. */
export interface TreeView {
  readonly columns: PathColumns;
  readonly filtered: FilteredPaths;
  /** By node: 1 for open directories. */
  readonly open: Uint8Array;
  readonly rows: Rows;
}

/** So many rows can be read without folding. */
const few = 200;

/** How many subjects are kept: both halves of a split, and the one before. */
const keptSubjects = 3;

/**
 * The paths of an image and everything derived from them. What was worked out last is kept, so that a key that moves the
 * cursor works nothing out; the answers depend on the arguments alone.
 */
export class Paths {
  readonly union: Union;
  private readonly contents: Contents | null;
  private readonly ignored: IgnoredContent;
  private wastedBytes: Float64Array | null = null;
  private snapshots: { readonly layer: number; readonly snapshot: Snapshot }[] = [];
  private subjects: { readonly subject: TreeSubject; readonly columns: PathColumns }[] = [];
  private orders: { readonly columns: PathColumns; readonly key: string; readonly order: ChildOrder }[] = [];
  private filters: { readonly columns: PathColumns; readonly query: TreeQuery; readonly filtered: FilteredPaths }[] =
    [];
  private views: { readonly query: TreeQuery; readonly view: TreeView }[] = [];

  /** @param contents null while content is not hashed yet */
  constructor(union: Union, contents: Contents | null, ignored: IgnoredContent = nothingIgnored) {
    this.union = union;
    this.contents = contents;
    this.ignored = ignored;
  }

  /** The same paths, now that content is hashed and what is ignored is known. What was worked out and does not depend on that is kept. */
  withContents(contents: Contents, ignored: IgnoredContent): Paths {
    const paths = new Paths(this.union, contents, ignored);
    const { subjects, snapshots } = this;
    const kept = subjects.filter(({ subject }) => sinceOf(subject) === -1);
    const wastedBytes = ignored.files === 0 ? this.wastedBytes : null;
    return Object.assign(paths, { wastedBytes, snapshots, subjects: kept });
  }

  /** By node, summed up to the root. */
  get wasted(): Float64Array {
    return (this.wastedBytes ??= wastedBelow(this.union, this.ignored));
  }

  columns(subject: TreeSubject): PathColumns {
    const known = this.subjects.find((each) => sameSubject(each.subject, subject));
    if (known !== undefined) return known.columns;
    const columns = pathColumns(this.union, this.contents, subject, (layer) => this.snapshot(layer));
    this.subjects = [{ subject, columns }, ...this.subjects.slice(0, keptSubjects - 1)];
    return columns;
  }

  /** The filesystem after a layer: what one layer changed and what is left of it are told from the same two. */
  private snapshot(layer: number): Snapshot {
    const known = this.snapshots.find((each) => each.layer === layer);
    if (known !== undefined) return known.snapshot;
    const near = this.snapshots.toSorted((a, b) => Math.abs(a.layer - layer) - Math.abs(b.layer - layer))[0];
    // From the start there are as many layers to go.
    const isNear = near !== undefined && near.layer >= 0 && Math.abs(near.layer - layer) <= layer;
    const snapshot = snapshotAfter(this.union, layer, isNear ? near : null);
    this.snapshots = [{ layer, snapshot }, ...this.snapshots.slice(0, keptSubjects - 1)];
    return snapshot;
  }

  /** What is wasted of a path itself. */
  wasteAt(node: number): readonly WastedFile[] {
    return this.contents === null ? [] : wasteAt(this.union, this.contents, this.ignored, node);
  }

  view(query: TreeQuery): TreeView {
    const known = this.views.find((each) => sameQuery(each.query, query));
    if (known !== undefined) return known.view;
    const view = this.makeView(query);
    this.views = [{ query, view }, ...this.views.slice(0, 1)];
    return view;
  }

  private makeView(query: TreeQuery): TreeView {
    const { tree } = this.union;
    const columns = this.columns(query.subject);
    const filtered = this.filter(columns, query);
    const { included } = filtered;
    if (query.largestIn !== null) {
      const rows = largestBelow(tree, query.largestIn, included, columns, this.wasted, query.sorting);
      return { columns, filtered, open: new Uint8Array(included.length), rows };
    }
    const open = openness(query, filtered);
    return { columns, filtered, open, rows: new TreeRows(tree, this.order(columns, query.sorting), included, open) };
  }

  private filter(columns: PathColumns, query: TreeQuery): FilteredPaths {
    const known = this.filters.find((each) => each.columns === columns && sameFilter(each.query, query));
    if (known !== undefined) return known.filtered;
    const { hideUnchanged, onlyWaste, pattern } = query;
    const filter = pattern === '' ? null : createFilter(pattern);
    const wider = this.filters.find(
      (each) =>
        each.columns === columns &&
        each.query.pattern !== '' &&
        sameFilter({ ...each.query, pattern }, query) &&
        createFilter(each.query.pattern).narrows(pattern),
    );
    const wanted = { hideUnchanged, onlyWaste, filter };
    const hits = wider?.filtered.hits ?? null;
    const filtered = filterPaths(this.union.tree, columns, this.wasted, wanted, hits);
    this.filters = [{ columns, query, filtered }, ...this.filters.slice(0, 2)];
    return filtered;
  }

  private order(columns: PathColumns, sorting: Sorting): ChildOrder {
    const key = `${sorting.key} ${sorting.descending}`;
    const known = this.orders.find((each) => each.columns === columns && each.key === key);
    if (known !== undefined) return known.order;
    const order = new ChildOrder(this.union.tree, columns, this.wasted, sorting);
    this.orders = [{ columns, key, order }, ...this.orders.slice(0, 1)];
    return order;
  }
}

function openness({ unfolded, flipped }: TreeQuery, { included, leads }: FilteredPaths): Uint8Array {
  // What a filter found is shown, wherever it is.
  const open =
    leads === null ? new Uint8Array(included.length).fill(isUnfolded(unfolded, included) ? 1 : 0) : leads.slice();
  for (const node of flipped) open[node] = open[node] === 1 ? 0 : 1;
  return open;
}

function isUnfolded(unfolded: TreeQuery['unfolded'], included: Uint8Array): boolean {
  if (unfolded !== 'few') return unfolded === 'all';
  let rows = 0;
  for (let node = 0; node < included.length && rows <= few; node++) rows += included[node] ?? 0;
  return rows <= few;
}

function sameFilter(a: TreeQuery, b: TreeQuery): boolean {
  return a.pattern === b.pattern && a.hideUnchanged === b.hideUnchanged && a.onlyWaste === b.onlyWaste;
}

function sameQuery(a: TreeQuery, b: TreeQuery): boolean {
  return (
    sameFilter(a, b) &&
    sameSubject(a.subject, b.subject) &&
    a.sorting.key === b.sorting.key &&
    a.sorting.descending === b.sorting.descending &&
    a.flipped === b.flipped &&
    a.unfolded === b.unfolded &&
    a.largestIn === b.largestIn
  );
}

function sameSubject(a: TreeSubject, b: TreeSubject): boolean {
  return a.kind === b.kind && a.layer === b.layer && sinceOf(a) === sinceOf(b);
}

function sinceOf(subject: TreeSubject): number | null {
  return subject.kind === 'filesystem' ? subject.since : null;
}
