import type { EntryRef } from '../../filesystem/entry-ref.ts';
import type { Filesystem } from '../../filesystem/filesystem.ts';
import { linkTarget } from '../../filesystem/walk-path.ts';
import { EntryType, type EntryTypeName, entryTypeName } from '../../layer/entry-type.ts';
import type { ByteString } from '../../text/byte-string.ts';

/** What one state of the filesystem says of a path. */
export interface FileVersion {
  readonly type: EntryTypeName;
  /** Of regular files, else 0. */
  readonly sizeBytes: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970; null for a directory that no layer describes. */
  readonly mtime: number | null;
  /** As stored; null for what is no symbolic link. */
  readonly linkTarget: ByteString | null;
  /** The entry that holds it; null for a directory that no layer describes. */
  readonly ref: EntryRef | null;
}

/** What stands at a node; null if nothing does. */
export function versionAt(tree: Filesystem, node: number): FileVersion | null {
  if (!tree.isPresent(node)) return null;
  const ref = tree.inode(node);
  const index = ref === null ? undefined : tree.layers[ref.layer]?.index;
  if (ref === null || index === undefined)
    return { type: 'dir', sizeBytes: 0, mode: 0o755, uid: 0, gid: 0, mtime: null, linkTarget: null, ref: null };
  const type = tree.type(node);
  return {
    type: entryTypeName(type),
    sizeBytes: index.size[ref.entry] ?? 0,
    mode: index.mode[ref.entry] ?? 0,
    uid: index.uid[ref.entry] ?? 0,
    gid: index.gid[ref.entry] ?? 0,
    mtime: index.mtime[ref.entry] ?? 0,
    linkTarget: type === EntryType.symlink ? linkTarget(tree, node) : null,
    ref,
  };
}
