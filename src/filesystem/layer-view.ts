import { EntryType, type EntryTypeCode } from '../layer/entry-type.ts';
import type { LayerIndex } from '../layer/layer-index.ts';
import { StringReader } from '../layer/string-table.ts';
import type { ByteString } from '../text/byte-string.ts';

/** A layer's columns with its strings at hand. */
export class LayerView {
  readonly index: LayerIndex;
  private readonly strings: StringReader;
  private total: number | undefined;

  constructor(index: LayerIndex) {
    this.index = index;
    this.strings = new StringReader(index.strings);
  }

  type(entry: number): EntryTypeCode {
    return (this.index.type[entry] ?? 0) as EntryTypeCode;
  }

  isFile(entry: number): boolean {
    return this.index.type[entry] === EntryType.file;
  }

  /** Logical size in bytes; 0 unless a regular file. */
  size(entry: number): number {
    return this.index.size[entry] ?? 0;
  }

  /** Bytes of all regular files together, repeated paths included: the size of the layer. */
  get totalBytes(): number {
    return (this.total ??= this.index.size.reduce((sum, size) => sum + size, 0));
  }

  string(id: number): ByteString {
    return this.strings.get(id);
  }

  /** The last part of the entry's path; empty for the root. */
  name(entry: number): ByteString {
    return this.strings.get(this.index.name[entry] ?? 0);
  }

  /** The directory part of the entry's path, relative to the root. */
  dir(entry: number): ByteString {
    return this.strings.get(this.index.dir[entry] ?? 0);
  }

  /** The path relative to the root, as the layer names it; empty for the root. */
  path(entry: number): ByteString {
    const dir = this.dir(entry);
    return dir === '' ? this.name(entry) : `${dir}/${this.name(entry)}`;
  }

  /** A link's target as stored. */
  link(entry: number): ByteString {
    return this.strings.get(this.index.link[entry] ?? 0);
  }

  xattrs(entry: number): ByteString {
    return this.strings.get(this.index.xattrs[entry] ?? 0);
  }

  stringsStartingWith(prefix: ByteString): number[] {
    return this.strings.startingWith(prefix);
  }
}
