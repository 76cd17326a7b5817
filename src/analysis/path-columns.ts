import type { EntryRef } from '../filesystem/entry-ref.ts';
import { implied, root } from '../filesystem/file-tree.ts';
import { type Snapshot, snapshotAfter } from '../filesystem/snapshot.ts';
import type { Union } from '../filesystem/union.ts';
import { EntryType } from '../layer/entry-type.ts';
import { type ChangeKind, changeKind } from './change-counts.ts';
import { type Contents, sameMetadata } from './content.ts';
import type { IgnoredContent } from './ignored-content.ts';

/** Which paths are looked at, and what they are compared with. */
export type TreeSubject =
  /** The filesystem after a layer, compared with the one after an earlier one; -1 is the empty one before the first. */
  | { readonly kind: 'filesystem'; readonly layer: number; readonly since: number }
  /** Only what one layer changed, removed paths included. */
  | { readonly kind: 'changes'; readonly layer: number };

/** Numbers in `PathColumns.change`; 0 is unchanged. */
export const changeKinds: readonly (ChangeKind | null)[] = [
  null,
  'added',
  'modified',
  'metadataOnly',
  'identical',
  'removed',
];

/** A tree's figures, one row per node of the union; directories hold the sums of all that is shown below them. */
export interface PathColumns {
  /** Where a shown node is looked up, unless it was removed. */
  readonly after: Snapshot;
  /** Where a removed node is looked up. */
  readonly before: Snapshot;
  /** 1: part of the tree that is looked at. */
  readonly shown: Uint8Array;
  /** Bytes of regular files; content with several names counts once. Of what was removed, the bytes it had. */
  readonly bytes: Float64Array;
  /** Paths that are no directories. */
  readonly files: Uint32Array;
  /** The node's own change, as its place in `changeKinds`. */
  readonly change: Uint8Array;
  /** 1: something below the node changed. */
  readonly changedBelow: Uint8Array;
}

/**
 * Adds up the paths of a subject.
 * @param contents null while content is not hashed yet: then nothing is told to have changed
 * @param snapshot gives the filesystem after a layer, for callers that have it already
 */
export function pathColumns(
  union: Union,
  contents: Contents | null,
  subject: TreeSubject,
  snapshot: (layer: number) => Snapshot = (layer) => snapshotAfter(union, layer),
): PathColumns {
  const since = subject.kind === 'changes' ? subject.layer - 1 : subject.since;
  const { nodeCount } = union.tree;
  const columns: PathColumns = {
    after: snapshot(subject.layer),
    before: snapshot(since),
    shown: new Uint8Array(nodeCount),
    bytes: new Float64Array(nodeCount),
    files: new Uint32Array(nodeCount),
    change: new Uint8Array(nodeCount),
    changedBelow: new Uint8Array(nodeCount),
  };
  // Compared with nothing, everything is new: that tells nothing.
  if (contents !== null && (subject.kind === 'changes' || since >= 0))
    for (let layer = since + 1; layer <= subject.layer; layer++) noteChanges(union, contents, columns, layer);
  count(union, columns, subject);
  sumUp(union, columns);
  return columns;
}

/** Where a path is to be looked up: as it is, or as it was if it was removed; null if it was there in neither. */
export function snapshotOf({ after, before }: PathColumns, node: number): Snapshot | null {
  if (after.isPresent(node)) return after;
  return before.isPresent(node) ? before : null;
}

/** Whether a path is a directory; one that is long gone is taken for one if anything was ever in it. */
export function isDirectory(columns: PathColumns, node: number): boolean {
  const snapshot = snapshotOf(columns, node);
  if (snapshot !== null) return snapshot.isDir(node);
  return columns.after.tree.childrenOf(node)[Symbol.iterator]().next().done !== true;
}

/** Compares every node that a layer touched with what it was at the start. */
function noteChanges(union: Union, contents: Contents, columns: PathColumns, layer: number): void {
  const changes = union.changes[layer];
  if (changes === undefined) return;
  const numbers = new Map(changeKinds.map((kind, number) => [kind, number]));
  for (let at = 0; at < changes.length; at++) {
    const node = changes.node(at);
    columns.change[node] = numbers.get(nodeChange(union, contents, columns, node)) ?? 0;
  }
}

function nodeChange(union: Union, contents: Contents, { before, after }: PathColumns, node: number): ChangeKind | null {
  const was = before.isPresent(node);
  const is = after.isPresent(node);
  if (!was || !is) return was ? 'removed' : is ? 'added' : null;
  const beforeDir = before.type(node) === EntryType.dir;
  const afterDir = after.type(node) === EntryType.dir;
  if (beforeDir !== afterDir) return 'modified';
  const [old, now] = [before.inode(node), after.inode(node)];
  if (afterDir) return sameDirectory(union, old, now) ? null : 'metadataOnly';
  return changeKind(union, contents, { before: old, after: now });
}

/** Whether two entries say the same of a directory; one that no entry describes is like any. */
function sameDirectory({ layers }: Union, old: EntryRef | null, now: EntryRef | null): boolean {
  return old === null || now === null || sameMetadata(layers, old, now);
}

/** Fills in what each node is by itself. */
function count(union: Union, { after, before, shown, bytes, files, change }: PathColumns, subject: TreeSubject): void {
  const removed = changeKinds.indexOf('removed');
  const counted = union.layers.map(({ index }) => new Uint8Array(index.count));
  for (let node = root + 1; node < shown.length; node++) {
    const gone = change[node] === removed;
    const isShown = subject.kind === 'changes' ? change[node] !== 0 : after.isPresent(node);
    if (!isShown) continue;
    shown[node] = 1;
    const snapshot = gone ? before : after;
    if (snapshot.isDir(node)) continue;
    files[node] = 1;
    const layer = snapshot.inodeLayer(node);
    const entry = snapshot.inodeEntry(node);
    if (entry === implied) continue;
    // What a layer only links to is held by a lower one.
    if (subject.kind === 'changes' && !gone && layer !== subject.layer) continue;
    const seen = counted[layer];
    if (seen === undefined || seen[entry] === 1) continue;
    seen[entry] = 1;
    bytes[node] = union.layers[layer]?.size(entry) ?? 0;
  }
}

/** Adds every node to its directory. A directory's number is smaller than those of what is in it. */
function sumUp({ tree }: Union, { shown, bytes, files, change, changedBelow }: PathColumns): void {
  for (let node = shown.length - 1; node > root; node--) {
    if (shown[node] === 0) continue;
    const parent = tree.parent(node);
    shown[parent] = 1;
    bytes[parent] = (bytes[parent] ?? 0) + (bytes[node] ?? 0);
    files[parent] = (files[parent] ?? 0) + (files[node] ?? 0);
    if (change[node] !== 0 || changedBelow[node] !== 0) changedBelow[parent] = 1;
  }
}

/** By node: bytes of dead content that had the node's path or one below it, but for what is ignored. */
export function wastedBelow({ tree, dead, layers }: Union, ignored: IgnoredContent): Float64Array {
  const wasted = new Float64Array(tree.nodeCount);
  for (let at = 0; at < dead.length; at++) {
    const { ref, node } = dead.at(at);
    if (node !== null && !ignored.has(ref))
      wasted[node] = (wasted[node] ?? 0) + (layers[ref.layer]?.size(ref.entry) ?? 0);
  }
  for (let node = wasted.length - 1; node > root; node--) {
    const parent = tree.parent(node);
    wasted[parent] = (wasted[parent] ?? 0) + (wasted[node] ?? 0);
  }
  return wasted;
}
