import type { EntryRef } from '../filesystem/file-tree.ts';
import type { Union } from '../filesystem/union.ts';
import type { Digest } from '../image/digest.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { Contents } from './content.ts';

/** Smaller files take a block on disk anyway, and tiny ones are alike by nature. */
export const duplicateMinimum = 4096;

/** The same content at several places of the final filesystem. Hard links are one place: they share it. */
export interface DuplicateGroup {
  readonly digest: Digest;
  /** Size of one copy in bytes. */
  readonly fileBytes: number;
  /** One path for each copy, absolute, in byte order. */
  readonly paths: readonly ByteString[];
}

/** Visible files that may be duplicates, in groups that agree in size and head. */
export function duplicateCandidates({ layers, links }: Union): EntryRef[][] {
  const counts = new Map<number, number>();
  const visible: EntryRef[] = [];
  layers.forEach((view, layer) => {
    for (let entry = 0; entry < view.index.count; entry++) {
      const size = view.size(entry);
      if (size < duplicateMinimum || !links.isVisible({ layer, entry }) || view.index.sparse.has(entry)) continue;
      counts.set(size, (counts.get(size) ?? 0) + 1);
      visible.push({ layer, entry });
    }
  });
  const groups = new Map<string, EntryRef[]>();
  for (const ref of visible) {
    const view = layers[ref.layer];
    const size = view?.size(ref.entry) ?? 0;
    if ((counts.get(size) ?? 0) < 2) continue;
    const key = `${size} ${view?.index.head[ref.entry]}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [ref]);
    else group.push(ref);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The groups of equal content, most redundant bytes first. */
export function findDuplicates(union: Union, contents: Contents): DuplicateGroup[] {
  const byDigest = new Map<Digest, EntryRef[]>();
  for (const ref of duplicateCandidates(union).flat()) {
    const digest = contents.digest(ref);
    if (digest === null) continue;
    const copies = byDigest.get(digest);
    if (copies === undefined) byDigest.set(digest, [ref]);
    else copies.push(ref);
  }
  const repeated = [...byDigest].filter(([, copies]) => copies.length > 1);
  const paths = firstPaths(union, new Set(repeated.flatMap(([, copies]) => copies.map(key))));
  return repeated
    .map(([digest, copies]) => ({
      digest,
      fileBytes: sizeOf(union, copies[0]),
      paths: copies.map((copy) => paths.get(key(copy)) ?? '').sort(),
    }))
    .sort((a, b) => redundantBytes(b) - redundantBytes(a) || compare(a.paths[0], b.paths[0]));
}

/** Bytes that a single copy would save. */
export function redundantBytes({ fileBytes, paths }: DuplicateGroup): number {
  return fileBytes * (paths.length - 1);
}

/** The first path, in byte order, of each inode wanted. */
function firstPaths({ tree }: Union, wanted: ReadonlySet<string>): Map<string, ByteString> {
  const paths = new Map<string, ByteString>();
  for (let node = 0; node < tree.nodeCount; node++) {
    const inode = tree.isPresent(node) ? tree.inode(node) : null;
    if (inode === null || !wanted.has(key(inode))) continue;
    const path = tree.path(node);
    const known = paths.get(key(inode));
    if (known === undefined || path < known) paths.set(key(inode), path);
  }
  return paths;
}

function key({ layer, entry }: EntryRef): string {
  return `${layer}:${entry}`;
}

function sizeOf({ layers }: Union, ref: EntryRef | undefined): number {
  return ref === undefined ? 0 : (layers[ref.layer]?.size(ref.entry) ?? 0);
}

function compare(a: ByteString = '', b: ByteString = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
