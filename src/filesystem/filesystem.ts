import type { EntryTypeCode } from '../layer/entry-type.ts';
import type { ByteString } from '../text/byte-string.ts';
import type { EntryRef } from './entry-ref.ts';
import type { LayerView } from './layer-view.ts';

/** A filesystem to look at: the final one, or the one that some layer left. Nodes are those of the union's tree. */
export interface Filesystem {
  readonly layers: readonly LayerView[];
  parent(node: number): number;
  name(node: number): ByteString;
  /** The path from the root, with a leading slash. */
  path(node: number): ByteString;
  /** The children that are there, in byte order of their names. */
  list(node: number): number[];
  isPresent(node: number): boolean;
  isDir(node: number): boolean;
  type(node: number): EntryTypeCode;
  /** The entry that holds a present node's content and metadata; null for an implied directory. */
  inode(node: number): EntryRef | null;
}
