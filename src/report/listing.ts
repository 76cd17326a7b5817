import type { FileTree } from '../filesystem/file-tree.ts';
import type { LayerView } from '../filesystem/layer-view.ts';
import type { Digest } from '../image/digest.ts';
import { cleanPath } from '../layer/clean-path.ts';
import { EntryType, type EntryTypeName, entryTypeName } from '../layer/entry-type.ts';
import { type DecodedPath, decodePath } from '../text/decoded-path.ts';
import type { ByteString } from '../text/byte-string.ts';
import { decodeBytes } from '../text/byte-string.ts';

/** One line of `ls`, and one object of `ls --json` (contract, section 2). `rawPath` is what it is sorted by. */
export interface Listed {
  readonly rawPath: ByteString;
  readonly type: EntryTypeName;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly linkTarget: ByteString | null;
  /** Seconds since 1970; null for a directory that no layer describes. */
  readonly mtime: number | null;
  readonly layer: number;
  /** The entry that holds the content, if it is a regular file. */
  readonly content: { readonly layer: number; readonly entry: number } | null;
}

/** A node of the merged view: a hard link is the file it shares its content with. */
export function listNode(tree: FileTree, node: number): Listed {
  const rawPath = tree.path(node);
  const inode = tree.inode(node);
  const view = inode === null ? undefined : tree.layers[inode.layer];
  if (inode === null || view === undefined) {
    // Implied by the names of other entries: what every extractor makes of it.
    const unknown = { size: 0, mode: 0o755, uid: 0, gid: 0, linkTarget: null, mtime: null, content: null };
    return { rawPath, type: 'dir', ...unknown, layer: tree.layer(node) };
  }
  const listed = listEntry(view, inode.entry, rawPath, inode.layer);
  // Whatever a tar says of a link's mode, no system keeps one.
  return listed.type === 'symlink' ? { ...listed, mode: 0o777 } : listed;
}

/** An entry as its layer has it: whiteouts by their names, hard links as links. */
export function listEntry(view: LayerView, entry: number, rawPath: ByteString, layer: number): Listed {
  const type = view.type(entry);
  const link = view.link(entry);
  return {
    rawPath,
    type: entryTypeName(type),
    size: view.size(entry),
    mode: view.index.mode[entry] ?? 0,
    uid: view.index.uid[entry] ?? 0,
    gid: view.index.gid[entry] ?? 0,
    linkTarget: type === EntryType.symlink ? link : type === EntryType.hardlink ? `/${cleanPath(link)}` : null,
    mtime: view.index.mtime[entry] ?? null,
    layer,
    content: type === EntryType.file ? { layer, entry } : null,
  };
}

/** An object of `ls --json`. */
export interface ListedJson extends DecodedPath {
  readonly type: EntryTypeName;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly linkTarget: string | null;
  readonly mtime: string | null;
  readonly layer: number;
  readonly digest: Digest | null;
}

export function toJson(listed: Listed, digest: Digest | null): ListedJson {
  const { rawPath, type, size, mode, uid, gid, linkTarget, mtime, layer } = listed;
  return {
    ...decodePath(rawPath),
    type,
    size,
    mode,
    uid,
    gid,
    linkTarget: linkTarget === null ? null : decodeBytes(linkTarget),
    mtime: mtime === null ? null : toTime(mtime),
    layer,
    digest,
  };
}

/** RFC 3339; null for a time that no calendar has. @param seconds since 1970 */
export function toTime(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
