import type { EntryRef } from '../filesystem/entry-ref.ts';
import type { Filesystem } from '../filesystem/filesystem.ts';
import { nodesBelow } from '../filesystem/find-path.ts';
import { linkTarget } from '../filesystem/walk-path.ts';
import { EntryType } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';

/** Where something goes, relative to the target directory: parts that are no `.`, `..` or empty, by how trees are made. */
interface Placed {
  readonly path: ByteString;
}

export interface PlannedDirectory extends Placed {
  readonly mode: number;
  /** Seconds since 1970; null if no layer tells. */
  readonly mtime: number | null;
}

export interface PlannedFile extends Placed {
  readonly ref: EntryRef;
  readonly size: number;
  readonly mode: number;
  readonly mtime: number;
}

/** What has to be made to extract a part of a filesystem, in the order in which it is safe to make it. */
export interface ExtractionPlan {
  /** Parents first. */
  readonly directories: readonly PlannedDirectory[];
  readonly files: readonly PlannedFile[];
  /** Further names of files above. */
  readonly hardlinks: readonly (Placed & { readonly target: ByteString })[];
  /** Last, so that nothing can be written through one. */
  readonly symlinks: readonly (Placed & { readonly target: ByteString })[];
  /** Devices and pipes, which are not made. */
  readonly skipped: number;
}

/**
 * Plans the extraction of a node and all below it, from the final filesystem or the one that a layer left. A directory other than the root goes into the target directory under
 * its own name, as `cp -r` does it; the root's contents go there directly.
 */
export function planExtraction(tree: Filesystem, start: number): ExtractionPlan {
  const directories: PlannedDirectory[] = [];
  const files: PlannedFile[] = [];
  const hardlinks: (Placed & { target: ByteString })[] = [];
  const symlinks: (Placed & { target: ByteString })[] = [];
  const firstNames = new Map<string, ByteString>();
  let skipped = 0;
  const above = tree.path(tree.parent(start));
  const cut = above === '/' ? 1 : above.length + 1;
  const add = (node: number): void => {
    const path = tree.path(node).slice(cut);
    const inode = tree.inode(node);
    const view = inode === null ? undefined : tree.layers[inode.layer];
    if (inode === null || view === undefined) {
      directories.push({ path, mode: 0o755, mtime: null });
      return;
    }
    const mode = view.index.mode[inode.entry] ?? 0;
    const mtime = view.index.mtime[inode.entry] ?? 0;
    const key = `${inode.layer}:${inode.entry}`;
    const first = firstNames.get(key);
    switch (view.type(inode.entry)) {
      case EntryType.dir:
        directories.push({ path, mode, mtime });
        break;
      case EntryType.file:
        if (first !== undefined) hardlinks.push({ path, target: first });
        else files.push({ path, ref: inode, size: view.size(inode.entry), mode, mtime });
        firstNames.set(key, first ?? path);
        break;
      case EntryType.symlink:
        symlinks.push({ path, target: linkTarget(tree, node) });
        break;
      default:
        skipped++;
    }
  };
  if (start !== tree.parent(start)) add(start);
  if (tree.isDir(start)) for (const node of nodesBelow(tree, start)) add(node);
  return { directories, files, hardlinks, symlinks, skipped };
}
