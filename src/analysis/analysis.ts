import type { Union } from '../filesystem/union.ts';
import type { PathGlob } from '../globs/path-glob.ts';
import { type ChangeCounts, countChanges } from './change-counts.ts';
import type { Contents } from './content.ts';
import { type DiveNumbers, diveNumbers } from './dive/efficiency.ts';
import { type DuplicateGroup, findDuplicates } from './duplicates.ts';
import { findIgnored, type IgnoredContent } from './ignored-content.ts';
import { findWaste, type Waste } from './waste.ts';

/** What is to be said about the bytes of an image. */
export interface Analysis {
  /** Bytes of regular files over all layers: what `waste.percent` is a share of. */
  readonly sizeBytes: number;
  /** By layer, bytes of its regular files. */
  readonly layerBytes: readonly number[];
  /** Entries of the final filesystem that are no directories. */
  readonly fileCount: number;
  /** The same by the layer they stand in. */
  readonly layerFiles: readonly number[];
  readonly changes: readonly ChangeCounts[];
  readonly waste: Waste;
  /** Dead content that is left out of waste. */
  readonly ignored: IgnoredContent;
  readonly duplicates: readonly DuplicateGroup[];
  readonly dive: DiveNumbers;
}

/**
 * Analyses a union.
 * @param contents has the digests that `hashWishes` asked for
 * @param ignored paths that are left out of waste
 */
export function analyze(union: Union, contents: Contents, ignored: readonly PathGlob[]): Analysis {
  // First, while there is little else: its trees are the largest thing that an analysis holds, and do not outlive it.
  const dive = diveNumbers(union.layers);
  const layerBytes = union.layers.map(({ totalBytes }) => totalBytes);
  const layerFiles = countFiles(union);
  const left = findIgnored(union, ignored);
  return {
    sizeBytes: layerBytes.reduce((sum, bytes) => sum + bytes, 0),
    layerBytes,
    fileCount: layerFiles.reduce((sum, files) => sum + files, 0),
    layerFiles,
    changes: countChanges(union, contents),
    waste: findWaste(union, contents, left),
    ignored: left,
    duplicates: findDuplicates(union, contents),
    dive,
  };
}

function countFiles({ tree, layers }: Union): number[] {
  const files = layers.map(() => 0);
  for (let node = 0; node < tree.nodeCount; node++) {
    if (!tree.isPresent(node) || tree.isDir(node)) continue;
    const layer = tree.layer(node);
    files[layer] = (files[layer] ?? 0) + 1;
  }
  return files;
}
