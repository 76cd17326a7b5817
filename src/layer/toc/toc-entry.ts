import { type ByteString, encodeText } from '../../text/byte-string.ts';
import { EntryType, type EntryTypeCode } from '../entry-type.ts';
import type { TarEntry } from '../tar/tar-entry.ts';
import { tocTime } from './toc-time.ts';

/** Where a stretch of a file is, as an entry of a table of contents has it. */
export interface TocChunk {
  /** Where its compressed part starts in the blob, in bytes. */
  readonly offset: number;
  /** Decompressed bytes of that part before the chunk's own: several small files may share one. */
  readonly skip: number;
  /** Where in the file it belongs, in bytes. */
  readonly position: number;
  /** Its bytes; 0 means up to the end of the file. */
  readonly size: number;
  /** SHA-256 of them; null if the entry does not say. */
  readonly digest: Uint8Array | null;
}

/** One entry of a table of contents: of the tar, or one more chunk of the file before it. */
export type TocEntry =
  | {
      readonly kind: 'entry';
      readonly entry: TarEntry;
      /** SHA-256 of a file's content; null if the entry does not say. */
      readonly digest: Uint8Array | null;
      readonly chunk: TocChunk;
    }
  | { readonly kind: 'chunk'; readonly path: ByteString; readonly chunk: TocChunk };

/** The names of types in the table; `chunk` is no type of a tar's. */
const types: ReadonlyMap<unknown, EntryTypeCode> = new Map([
  ['reg', EntryType.file],
  ['dir', EntryType.dir],
  ['symlink', EntryType.symlink],
  ['hardlink', EntryType.hardlink],
  ['char', EntryType.char],
  ['block', EntryType.block],
  ['fifo', EntryType.fifo],
]);

type Fail = (reason: string) => Error;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks an entry by hand, for there may be a million (toc-json.ts). The fields are those of stargz (estargz.md, "TOC and
 * TOCEntries"); zstd:chunked has the same. What is not there is zero or empty.
 * @param fail makes the error of an entry that is not as it should be
 */
export function parseTocEntry(value: unknown, fail: Fail): TocEntry {
  if (typeof value !== 'object' || value === null) throw fail('an entry is no object');
  const fields = value as Fields;
  const path = name(fields, 'name', fail);
  const chunk = {
    offset: integer(fields, 'offset', fail),
    skip: integer(fields, 'innerOffset', fail),
    position: integer(fields, 'chunkOffset', fail),
    size: integer(fields, 'chunkSize', fail),
    digest: digest(fields, 'chunkDigest', fail),
  };
  if (fields['type'] === 'chunk') return { kind: 'chunk', path, chunk };
  const named = types.get(fields['type']);
  if (named === undefined) throw fail('an entry has a type that there is not');
  // As in a tar: before ustar a directory was a file whose name ends with a slash.
  const type = named === EntryType.file && path.endsWith('/') ? EntryType.dir : named;
  const size = type === EntryType.file ? integer(fields, 'size', fail) : 0;
  const isLink = type === EntryType.symlink || type === EntryType.hardlink;
  const isDevice = type === EntryType.char || type === EntryType.block;
  const entry: TarEntry = {
    type,
    path,
    linkPath: isLink ? name(fields, 'linkName', fail) : '',
    size,
    storedSize: size,
    mode: integer(fields, 'mode', fail) & 0o7777,
    uid: integer(fields, 'uid', fail),
    gid: integer(fields, 'gid', fail),
    mtime: mtime(fields, fail),
    devMajor: isDevice ? integer(fields, 'devMajor', fail) : 0,
    devMinor: isDevice ? integer(fields, 'devMinor', fail) : 0,
    xattrs: xattrs(fields, fail),
    sparse: null,
  };
  return { kind: 'entry', entry, digest: digest(fields, 'digest', fail), chunk };
}

function text(fields: Fields, key: string, fail: Fail): string {
  const value = fields[key] ?? '';
  if (typeof value !== 'string') throw fail(`the ${key} of an entry is no text`);
  return value;
}

function name(fields: Fields, key: string, fail: Fail): ByteString {
  return faithful(text(fields, key, fail), fail);
}

/**
 * The bytes of a name. One that is not UTF-8 is in the tar alone: whoever wrote the table put U+FFFD for what JSON cannot
 * say, and two names may have become one.
 */
function faithful(value: string, fail: Fail): ByteString {
  const bytes = encodeText(value);
  if (bytes.includes('\u00ef\u00bf\u00bd')) throw fail('a name in the layer is not UTF-8, and JSON cannot say it');
  if (bytes.includes('\0')) throw fail('a name in it contains NUL');
  return bytes;
}

function integer(fields: Fields, key: string, fail: Fail): number {
  const value = fields[key] ?? 0;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw fail(`the ${key} of an entry is not a number that it could be`);
  return value;
}

function mtime(fields: Fields, fail: Fail): number {
  const value = text(fields, 'modtime', fail);
  const time = value === '' ? 0 : tocTime(value);
  if (time === null) throw fail('the modtime of an entry is no time');
  return time;
}

const sha256 = /^sha256:[0-9a-f]{64}$/;

function digest(fields: Fields, key: string, fail: Fail): Uint8Array | null {
  const value = text(fields, key, fail);
  if (value === '') return null;
  if (!sha256.test(value)) throw fail(`the ${key} of an entry is no SHA-256`);
  return Buffer.from(value.slice(-64), 'hex');
}

/** As `TarEntry` has them. Values are in base64. */
function xattrs(fields: Fields, fail: Fail): ByteString {
  const value = fields['xattrs'] ?? null;
  if (value === null) return '';
  if (typeof value !== 'object') throw fail('the xattrs of an entry are no object');
  const records = Object.entries(value).map(([key, encoded]: [string, unknown]) => {
    if (typeof encoded !== 'string') throw fail('an extended attribute of an entry is no text');
    return `${faithful(key, fail)}=${Buffer.from(encoded, 'base64').toString('latin1')}\0`;
  });
  return records.sort().join('');
}
