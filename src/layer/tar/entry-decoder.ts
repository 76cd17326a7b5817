import { problem } from '../../errors.ts';
import { type ByteString, printable } from '../../text/byte-string.ts';
import { OddityTally } from '../../warnings.ts';
import { EntryType, type EntryTypeCode } from '../entry-type.ts';
import { isZeroBlock } from './block.ts';
import { checksumHolds } from './checksum.ts';
import { type HeaderBlock, readHeader } from './header.ts';
import { readNumber } from './numeric.ts';
import { type PaxRecords, parsePax, paxInteger, paxTime } from './pax.ts';
import { paxSparse, readOldGnuPieces, type SparseMap, sparsePieceLimit } from './sparse.ts';
import type { TarEntry } from './tar-entry.ts';

/** Longest extension header that is read: the limit of Go's archive/tar, which writes nearly all layers. */
const extensionLimit = 1024 * 1024;

/** What follows the block just decoded. */
export type Step =
  /** A first zero block: the next one decides whether the archive ends here. */
  | { readonly kind: 'zero' }
  /** The second of the two zero blocks that close an archive; what follows is none of it. */
  | { readonly kind: 'end' }
  /** `size` bytes, padded to blocks, to be handed to `extension()`. */
  | { readonly kind: 'extension'; readonly size: number }
  /** One more block of the same header, to be handed to `sparseBlock()`. */
  | { readonly kind: 'sparse-block' }
  | { readonly kind: 'entry'; readonly entry: TarEntry }
  /** `storedSize` bytes that belong to nothing we know. */
  | { readonly kind: 'skip'; readonly storedSize: number };

/** Most entries have no PAX records; they all share these. */
const noRecords: PaxRecords = new Map();

const flags = { longName: 0x4c, longLink: 0x4b, pax: 0x78, solarisPax: 0x58, globalPax: 0x67, gnuSparse: 0x53 };

const types: Readonly<Record<number, EntryTypeCode>> = {
  0x00: EntryType.file,
  0x30: EntryType.file,
  0x31: EntryType.hardlink,
  0x32: EntryType.symlink,
  0x33: EntryType.char,
  0x34: EntryType.block,
  0x35: EntryType.dir,
  0x36: EntryType.fifo,
  0x37: EntryType.file, // "contiguous": no system we know makes a difference
  [flags.gnuSparse]: EntryType.file,
};

/**
 * Turns header blocks into entries: ustar, GNU long names, PAX records and the sparse formats. It sees no content and
 * does no I/O, so the same decoder serves a file that is seeked through and a stream that passes by.
 */
export class EntryDecoder {
  readonly oddities = new OddityTally();
  private readonly what: string;
  private position = 0;
  private zeroBlocks = 0;
  private pending: 'pax' | 'globalPax' | 'longName' | 'longLink' = 'pax';
  private longName: ByteString | null = null;
  private longLink: ByteString | null = null;
  private records = noRecords;
  private globalRecords = noRecords;
  private sparseHeader: { header: HeaderBlock; size: number; pieces: number[] } | null = null;

  /** @param what names the tar in errors */
  constructor(what: string) {
    this.what = what;
  }

  /**
   * Decodes the header block at `at`.
   * @param position offset of the block in the tar, for errors
   * @throws LayerscopeError `corrupt-tar`
   */
  block(block: Buffer, at: number, position: number): Step {
    this.position = position;
    if (isZeroBlock(block, at)) return { kind: ++this.zeroBlocks === 2 ? 'end' : 'zero' };
    if (this.zeroBlocks === 1) this.oddities.note('lone-zero-block', () => printable(this.what));
    this.zeroBlocks = 0;
    if (!checksumHolds(block, at)) throw this.corrupt('the header checksum does not hold');
    const header = readHeader(block, at);
    switch (header.typeflag) {
      case flags.longName:
        return this.expectExtension(header, 'longName');
      case flags.longLink:
        return this.expectExtension(header, 'longLink');
      case flags.pax:
      case flags.solarisPax:
        return this.expectExtension(header, 'pax');
      case flags.globalPax:
        return this.expectExtension(header, 'globalPax');
      case flags.gnuSparse:
        return this.oldGnuSparse(header, block, at);
      default:
        return this.entry(header, null, null);
    }
  }

  /** Takes the content of an extension header. @throws LayerscopeError `corrupt-tar` */
  extension(content: Buffer): void {
    if (this.pending === 'longName') this.longName = untilNul(content);
    else if (this.pending === 'longLink') this.longLink = untilNul(content);
    else {
      const records = parsePax(content);
      if (records === null) throw this.corrupt('an extended header is not made of valid records');
      if (this.pending === 'pax') this.records = records;
      else this.globalRecords = new Map([...this.globalRecords, ...records]);
    }
  }

  /** Takes a continuation block of an old GNU sparse header. @throws LayerscopeError `corrupt-tar` */
  sparseBlock(block: Buffer, at: number): Step {
    const { sparseHeader } = this;
    const more = readOldGnuPieces(block, at, 21);
    if (sparseHeader === null || more === null) throw this.corrupt('the sparse map is not valid');
    for (const number of more) sparseHeader.pieces.push(number);
    return this.continueSparse(sparseHeader, block[at + 504] !== 0);
  }

  /** The input is over, between entries. GNU tar, bsdtar and Go all accept a tar that is not closed; so do we. */
  finish(tarBytes: number): void {
    if (this.zeroBlocks < 2 && tarBytes > 0) this.oddities.note('missing-end-of-archive', () => printable(this.what));
  }

  private expectExtension(header: HeaderBlock, pending: typeof this.pending): Step {
    const size = this.sizeOf(header);
    if (size > extensionLimit) throw this.corrupt(`an extension header claims ${size} bytes`);
    this.pending = pending;
    return { kind: 'extension', size };
  }

  private oldGnuSparse(header: HeaderBlock, block: Buffer, at: number): Step {
    const pieces = readOldGnuPieces(block, at + 386, 4);
    const size = readNumber(block, at + 483, 12);
    if (pieces === null || size === null || size < 0) throw this.corrupt('the sparse map is not valid');
    return this.continueSparse({ header, size, pieces }, block[at + 482] !== 0);
  }

  private continueSparse(sparse: NonNullable<typeof this.sparseHeader>, extended: boolean): Step {
    if (sparse.pieces.length > sparsePieceLimit * 2) throw this.corrupt('the sparse map is too long');
    this.sparseHeader = extended ? sparse : null;
    if (extended) return { kind: 'sparse-block' };
    return this.entry(sparse.header, { kind: 'map', pieces: sparse.pieces }, sparse.size);
  }

  private entry(header: HeaderBlock, sparse: SparseMap | null, sparseSize: number | null): Step {
    const records = this.globalRecords.size === 0 ? this.records : new Map([...this.globalRecords, ...this.records]);
    const longName = this.longName;
    const longLink = this.longLink;
    this.records = noRecords;
    this.longName = null;
    this.longLink = null;

    // A PAX record wins over the GNU long name, and both over the header's own field.
    const path = nonEmpty(records.get('GNU.sparse.name')) ?? nonEmpty(records.get('path')) ?? longName ?? header.name;
    const linkPath = nonEmpty(records.get('linkpath')) ?? longLink ?? header.linkname;
    if (path.includes('\0') || linkPath.includes('\0')) throw this.corrupt('a name contains NUL');

    const declaredSize = this.paxNumber(records, 'size') ?? this.sizeOf(header);
    const type = types[header.typeflag];
    if (type === undefined) {
      this.oddities.note('unknown-entry-type', () => printable(path));
      return { kind: 'skip', storedSize: declaredSize };
    }
    // Before ustar a directory was a file whose name ends with a slash.
    const isDirectory = type === EntryType.dir || (type === EntryType.file && path.endsWith('/'));
    const isFile = type === EntryType.file && !isDirectory;
    const pax = isFile ? paxSparse(records) : 'none';
    if (pax === 'invalid') throw this.corrupt('the sparse map is not valid');
    const hole = pax === 'none' ? null : pax;
    const mtime = nonEmpty(records.get('mtime'));
    const entry: TarEntry = {
      type: isDirectory ? EntryType.dir : type,
      path,
      linkPath: type === EntryType.symlink || type === EntryType.hardlink ? linkPath : '',
      size: isFile ? (hole?.size ?? sparseSize ?? declaredSize) : 0,
      // Only regular files have content, whatever a size field says (POSIX; Go and GNU tar read it so).
      storedSize: isFile ? declaredSize : 0,
      mode: this.required(header.mode, 'mode') & 0o7777,
      uid: this.paxNumber(records, 'uid') ?? this.ownerOf(header.uid, 'uid'),
      gid: this.paxNumber(records, 'gid') ?? this.ownerOf(header.gid, 'gid'),
      mtime: mtime === undefined ? this.required(header.mtime, 'mtime') : this.required(paxTime(mtime), 'mtime'),
      devMajor: this.paxNumber(records, 'SCHILY.devmajor') ?? header.devMajor ?? 0,
      devMinor: this.paxNumber(records, 'SCHILY.devminor') ?? header.devMinor ?? 0,
      xattrs: xattrsOf(records),
      sparse: hole?.map ?? sparse,
    };
    return { kind: 'entry', entry };
  }

  private sizeOf(header: HeaderBlock): number {
    const size = this.required(header.size, 'size');
    if (size < 0) throw this.corrupt('a size is negative');
    return size;
  }

  private ownerOf(value: number | null, field: string): number {
    const id = this.required(value, field);
    if (id < 0) throw this.corrupt(`the ${field} field is negative`);
    return id;
  }

  private paxNumber(records: PaxRecords, keyword: string): number | null {
    const value = nonEmpty(records.get(keyword));
    return value === undefined ? null : this.required(paxInteger(value), keyword);
  }

  private required(value: number | null, field: string): number {
    if (value === null) throw this.corrupt(`the ${field} field is no number`);
    return value;
  }

  private corrupt(reason: string): Error {
    return problem('corrupt-tar', { path: this.what, offset: this.position, reason });
  }
}

function nonEmpty(value: ByteString | undefined): ByteString | undefined {
  return value === '' ? undefined : value;
}

function untilNul(content: Buffer): ByteString {
  const nul = content.indexOf(0);
  return content.toString('latin1', 0, nul === -1 ? content.length : nul);
}

const xattrPrefix = 'SCHILY.xattr.';

function xattrsOf(records: PaxRecords): ByteString {
  if (records.size === 0) return '';
  const xattrs: ByteString[] = [];
  for (const [keyword, value] of records)
    if (keyword.startsWith(xattrPrefix)) xattrs.push(`${keyword.slice(xattrPrefix.length)}=${value}\0`);
  return xattrs.sort().join('');
}
