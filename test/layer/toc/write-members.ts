import { createHash } from 'node:crypto';
import { paxHeader, type TarEntry, writeTar } from '../../engines/corpus/tar-header.ts';
import type { Item } from '../../write-layer.ts';

/** What stands at a path, with its extended attributes. */
export type TocItem = Item & { readonly xattrs?: Readonly<Record<string, string | Buffer>> };
export type TocItems = Iterable<readonly [name: string, item: TocItem]>;

/** An entry of a table of contents as it is written. */
export interface WrittenEntry {
  name: string;
  type: string;
  [field: string]: unknown;
}

export interface MemberOptions {
  /** Makes a gzip member or a zstd frame. */
  readonly compress: (bytes: Buffer) => Buffer;
  /** Bytes of a file in one member. */
  readonly chunkSize: number;
  /** Members are not closed for the next file before they hold as much. */
  readonly minChunkSize: number;
  /** Where the compressed bytes go. */
  readonly write: (bytes: Buffer) => void;
}

const typeNames: Readonly<Record<string, string>> = {
  '0': 'reg',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'dir',
  '6': 'fifo',
};

/** Where a chunk of a file was put. */
interface WrittenChunk {
  readonly offset: number;
  readonly innerOffset: number;
  readonly position: number;
  readonly bytes: Buffer;
}

/** Writes tar entries so that the content of each file starts a member, as the seekable formats have it. */
export class MemberWriter {
  /** Compressed bytes written so far. */
  offset = 0;
  private readonly options: MemberOptions;
  private pending: Buffer[] = [];
  private pendingBytes = 0;

  constructor(options: MemberOptions) {
    this.options = options;
  }

  /** Appends an entry. @returns its fields in the table but for those of its content, and where its content is */
  add(name: string, item: TocItem): { readonly entry: WrittenEntry; readonly chunks: readonly WrittenChunk[] } {
    const type = item.type ?? '0';
    const path = type === '5' ? `${name}/` : name;
    const content = Buffer.from(item.content ?? '');
    this.push(headerOf(path, item, content.length));
    const chunks: WrittenChunk[] = [];
    for (let position = 0; position < content.length; position += this.options.chunkSize) {
      if (this.pendingBytes >= this.options.minChunkSize) this.flush();
      const bytes = content.subarray(position, position + this.options.chunkSize);
      chunks.push({ offset: this.offset, innerOffset: this.pendingBytes, position, bytes });
      this.push(bytes);
    }
    this.push(Buffer.alloc((512 - (content.length % 512)) % 512));
    return { entry: entryOf(path, type, item, content.length), chunks };
  }

  push(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
  }

  /** Closes the member. */
  flush(): void {
    if (this.pendingBytes === 0) return;
    this.writeRaw(this.options.compress(Buffer.concat(this.pending)));
    this.pending = [];
    this.pendingBytes = 0;
  }

  writeRaw(bytes: Buffer): void {
    this.options.write(bytes);
    this.offset += bytes.length;
  }
}

export function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The header blocks of an entry: PAX records for what does not fit, and for extended attributes. */
function headerOf(path: string, item: TocItem, size: number): Buffer {
  const { xattrs = {}, content: _, link = '', ...plain } = item;
  const tooLong = (value: string | Buffer): boolean => Buffer.byteLength(value) > 100;
  const records = {
    ...(tooLong(path) ? { path } : {}),
    ...(tooLong(link) ? { linkpath: link } : {}),
    ...Object.fromEntries(Object.entries(xattrs).map(([key, value]) => [`SCHILY.xattr.${key}`, value])),
  };
  const entry: TarEntry = { ...plain, size, name: tooLong(path) ? 'long' : path, link: tooLong(link) ? '' : link };
  const tar = writeTar(Object.keys(records).length === 0 ? [entry] : [paxHeader(records), entry]);
  return tar.subarray(0, -1024);
}

/** As Go's encoder has it: what is zero or empty is left out. */
function entryOf(name: string, type: string, item: TocItem, size: number): WrittenEntry {
  const { mode = 0o644, uid = 0, gid = 0, mtime = 1_700_000_000, device = [0, 0], link = '', xattrs } = item;
  const fields = {
    size,
    modtime: mtime === 0 ? '' : new Date(mtime * 1000).toISOString().replace('.000Z', 'Z'),
    linkName: link.toString(),
    mode,
    uid,
    gid,
    devMajor: device[0],
    devMinor: device[1],
  };
  const entry: WrittenEntry = { name, type: typeNames[type] ?? type };
  for (const [key, value] of Object.entries(fields)) if (value !== 0 && value !== '') entry[key] = value;
  if (xattrs !== undefined)
    entry['xattrs'] = Object.fromEntries(
      Object.entries(xattrs).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    );
  return entry;
}
