import type { ByteString } from '../../text/byte-string.ts';
import type { EntryTypeCode } from '../entry-type.ts';
import type { SparseMap } from './sparse.ts';

/** One entry of a tar with its extension headers applied. Names are raw: not cleaned, not sanitised. */
export interface TarEntry {
  readonly type: EntryTypeCode;
  readonly path: ByteString;
  /** Target of a symbolic or hard link, else empty. */
  readonly linkPath: ByteString;
  /** Logical size in bytes of a regular file, 0 for everything else. */
  readonly size: number;
  /** Bytes of content that follow the header in the tar, without padding. Differs from `size` for sparse files. */
  readonly storedSize: number;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970, with a fraction where PAX gives one. */
  readonly mtime: number;
  readonly devMajor: number;
  readonly devMinor: number;
  /** `name=value` records in byte order of name, each ended by NUL; empty if there are none. */
  readonly xattrs: ByteString;
  readonly sparse: SparseMap | null;
}
