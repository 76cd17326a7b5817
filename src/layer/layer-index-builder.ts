import { problem } from '../errors.ts';
import { type ByteString, printable } from '../text/byte-string.ts';
import { OddityTally, type Oddity } from '../warnings.ts';
import { cleanPath, isUnsafePath } from './clean-path.ts';
import { EntryType } from './entry-type.ts';
import { allocateColumns, type LayerColumns, resizeColumns } from './layer-columns.ts';
import type { LayerIndex } from './layer-index.ts';
import { StringTableBuilder } from './string-table.ts';
import type { TarEntry } from './tar/tar-entry.ts';

/** A layer with more is no layer but an attack on memory: the largest real ones have about a million. */
const entryLimit = 10_000_000;

/** Names, attributes and sparse maps of a layer together, in bytes; a name alone may claim a megabyte. */
const detailLimit = 256 * 1024 * 1024;

/** Collects entries into columns that double as they fill. */
export class LayerIndexBuilder {
  readonly oddities = new OddityTally();
  private readonly what: string;
  private readonly strings = new StringTableBuilder();
  private readonly sparse = new Map<number, NonNullable<ReturnType<LayerIndex['sparse']['get']>>>();
  private columns: LayerColumns = allocateColumns(1024);
  private capacity = 1024;
  private lastDir: ByteString = '';
  private lastDirId = 0;
  private count = 0;
  private sparseBytes = 0;

  /** @param what names the layer in errors */
  constructor(what: string) {
    this.what = what;
  }

  /**
   * Appends an entry. @param offset where its content starts in the tar
   * @returns its row, or null if it is none: anything but a directory that claims to be the root
   */
  add(entry: TarEntry, offset: number): number | null {
    const raw = entry.type === EntryType.dir ? trimSlash(entry.path) : entry.path;
    const path = cleanPath(raw);
    if (path !== raw && isUnsafePath(raw)) this.oddities.note('unsafe-path', () => printable(entry.path));
    if (path === '' && entry.type !== EntryType.dir) return null;
    const row = this.count;
    if (row >= entryLimit) throw problem('too-many-entries', { path: this.what, limit: entryLimit });
    if (row === this.capacity) this.grow();
    this.count++;
    const slash = path.lastIndexOf('/');
    const { columns } = this;
    columns.type[row] = entry.type;
    columns.dir[row] = slash === -1 ? 0 : this.internDir(path, slash);
    columns.name[row] = this.strings.intern(path, slash + 1);
    columns.link[row] = this.strings.intern(entry.linkPath);
    columns.size[row] = entry.size;
    columns.mode[row] = entry.mode;
    columns.uid[row] = entry.uid;
    columns.gid[row] = entry.gid;
    columns.mtime[row] = entry.mtime;
    columns.devMajor[row] = entry.devMajor;
    columns.devMinor[row] = entry.devMinor;
    columns.xattrs[row] = this.strings.intern(entry.xattrs);
    columns.offset[row] = offset;
    if (entry.sparse !== null) {
      this.sparse.set(row, { map: entry.sparse, storedSize: entry.storedSize });
      if (entry.sparse.kind === 'map') this.sparseBytes += entry.sparse.pieces.length * 8;
    }
    if (this.strings.byteLength + this.sparseBytes > detailLimit)
      throw problem('too-much-detail', { path: this.what, limit: detailLimit });
    return row;
  }

  setHead(row: number, crc: number): void {
    this.columns.head[row] = crc;
  }

  /** @param tarBytes size of the whole tar, if known @param oddities what the decoder noted */
  finish(tarBytes: number | null, oddities: readonly Oddity[]): LayerIndex {
    return {
      ...resizeColumns(this.columns, this.count),
      count: this.count,
      sparse: this.sparse,
      strings: this.strings.finish(),
      tarBytes,
      oddities: [...oddities, ...this.oddities.list()],
    };
  }

  /** Entries of one directory mostly follow each other. */
  private internDir(path: ByteString, length: number): number {
    if (this.lastDir.length !== length || !path.startsWith(this.lastDir)) {
      this.lastDir = path.slice(0, length);
      this.lastDirId = this.strings.intern(this.lastDir);
    }
    return this.lastDirId;
  }

  private grow(): void {
    this.capacity *= 2;
    this.columns = resizeColumns(this.columns, this.capacity);
  }
}

function trimSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
