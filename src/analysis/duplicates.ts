import type { EntryRef } from '../filesystem/entry-ref.ts';
import type { Union } from '../filesystem/union.ts';
import type { Digest } from '../image/digest.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { Contents } from './content.ts';

/** Smaller files take a block on disk anyway, and tiny ones are alike by nature. */
const duplicateMinimum = 4096;

/** The same content at several places of the final filesystem. Hard links are one place: they share it. */
export interface DuplicateGroup {
  readonly digest: Digest;
  /** Size of one copy in bytes. */
  readonly fileBytes: number;
  /** One path for each copy, absolute, in byte order. */
  readonly paths: readonly ByteString[];
}

/** A table of so many counters tells most files of a million from each other, in 1 MB. */
const bucketBits = 20;

/** Visible files that may be duplicates, in groups that agree in size and head. */
export function duplicateCandidates({ layers, links }: Union): EntryRef[][] {
  // Most files have no equal. Counting them by a hash first spares each of those a key of its own.
  const buckets = new Uint8Array(2 ** bucketBits);
  forEachCandidate(layers, links, (_layer, _entry, bucket) => {
    if ((buckets[bucket] ?? 0) < 2) buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  });
  const groups = new Map<string, EntryRef[]>();
  forEachCandidate(layers, links, (layer, entry, bucket) => {
    if ((buckets[bucket] ?? 0) < 2) return;
    const { index } = layers[layer] ?? {};
    const alike = `${index?.size[entry]} ${index?.head[entry]}`;
    const group = groups.get(alike);
    if (group === undefined) groups.set(alike, [{ layer, entry }]);
    else group.push({ layer, entry });
  });
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Visits the visible files that are large enough, each with a hash of its size and head. */
function forEachCandidate(
  layers: Union['layers'],
  links: Union['links'],
  visit: (layer: number, entry: number, bucket: number) => void,
): void {
  layers.forEach(({ index }, layer) => {
    const { size, head, sparse } = index;
    for (let entry = 0; entry < index.count; entry++) {
      const bytes = size[entry] ?? 0;
      if (bytes < duplicateMinimum || !links.isVisible({ layer, entry }) || sparse.has(entry)) continue;
      visit(
        layer,
        entry,
        (Math.imul(bytes, 0x9e3779b1) ^ Math.imul(head[entry] ?? 0, 0x85ebca6b)) >>> (32 - bucketBits),
      );
    }
  });
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
  const paths = firstPaths(
    union,
    repeated.flatMap(([, copies]) => copies),
  );
  return repeated
    .map(([digest, copies]) => ({
      digest,
      fileBytes: sizeOf(union, copies[0]),
      paths: copies.map(({ layer, entry }) => paths[layer]?.get(entry) ?? '').sort(),
    }))
    .sort((a, b) => redundantBytes(b) - redundantBytes(a) || compare(a.paths[0], b.paths[0]));
}

/** Bytes that a single copy would save. */
export function redundantBytes({ fileBytes, paths }: DuplicateGroup): number {
  return fileBytes * (paths.length - 1);
}

/** By layer, the first path in byte order of each entry wanted. */
function firstPaths({ tree, layers }: Union, wanted: readonly EntryRef[]): Map<number, ByteString>[] {
  const paths = layers.map(() => new Map<number, ByteString>());
  for (const { layer, entry } of wanted) paths[layer]?.set(entry, '');
  for (let node = 0; node < tree.nodeCount; node++) {
    if (!tree.isPresent(node)) continue;
    const entry = tree.inodeEntry(node);
    const known = paths[tree.inodeLayer(node)]?.get(entry);
    if (known === undefined) continue;
    const path = tree.path(node);
    if (known === '' || path < known) paths[tree.inodeLayer(node)]?.set(entry, path);
  }
  return paths;
}

function sizeOf({ layers }: Union, ref: EntryRef | undefined): number {
  return ref === undefined ? 0 : (layers[ref.layer]?.size(ref.entry) ?? 0);
}

function compare(a: ByteString = '', b: ByteString = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
